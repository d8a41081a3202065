import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ImportAnswer, ImportListAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** True while an import may still change. */
export const isImporting = ({ status }: Pick<ImportAnswer, "status">) => status === "staging" || status === "inserting"

/** The newest imports; asked again every second while one of them is under way, every 30 s otherwise. */
export const useImports = (limit: number) =>
  useQuery({
    queryKey: [...queryKeys.imports, limit],
    queryFn: ({ signal }) => sdk.client.fetch<ImportListAnswer>("/admin/foresight/imports", { query: { limit, offset: 0 }, signal }),
    refetchInterval: (query) => (query.state.data?.imports.some(isImporting) ? 1000 : 30_000),
  })

/** Asks an import to stop; what became events stays. */
export function useCancelImport() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => (await sdk.client.fetch<{ import: ImportAnswer }>(`/admin/foresight/imports/${id}`, { method: "DELETE" })).import,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.imports }),
  })
}
