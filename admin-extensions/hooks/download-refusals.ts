import { sdk } from "./client"

/** Saves the refused lines of an import as CSV; by `fetch`, since a plain link carries no token. */
export async function downloadRefusals(importId: string): Promise<void> {
  const answer = await sdk.client.fetch<Response>(`/admin/foresight/imports/${importId}/refusals`, { headers: { accept: "text/csv" } })
  const url = URL.createObjectURL(await answer.blob())
  const link = document.createElement("a")
  link.href = url
  link.download = `import-${importId}-refused.csv`
  link.click()
  URL.revokeObjectURL(url)
}
