import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import type { ImportAnswer, ImportCheckAnswer } from "../../src/api/answers"
import { backendUrl, sdk } from "./client"
import { queryKeys } from "./query-keys"

/** What the person says about the file; an empty text: found out by itself. */
export interface UploadChoices {
  source: string
  encoding: string
  decimal: string
  dates: string
  currency: string
}

interface Upload {
  file: File
  dryRun: boolean
  choices: UploadChoices
}
type UploadAnswer = { check: ImportCheckAnswer } | { import: ImportAnswer }

/** Sends a file as the raw body of one request: `fetch` cannot tell how much has left, XMLHttpRequest can. */
export function useImportUpload() {
  const queryClient = useQueryClient()
  const [sent, setSent] = useState(0)
  const request = useRef<XMLHttpRequest | null>(null)
  const upload = useMutation({
    mutationFn: async ({ file, dryRun, choices }: Upload) => {
      setSent(0)
      const token = await sdk.client.getToken()
      const chosen = Object.entries(choices).filter(([, value]) => value !== "")
      const query = new URLSearchParams([["file_name", file.name], ["dry_run", String(dryRun)], ...chosen])
      return new Promise<UploadAnswer>((resolve, reject) => {
        const xhr = new XMLHttpRequest()
        request.current = xhr
        xhr.open("POST", `${backendUrl.replace(/\/$/, "")}/admin/foresight/imports?${query.toString()}`)
        xhr.withCredentials = true
        if (token) xhr.setRequestHeader("Authorization", `Bearer ${token}`)
        xhr.setRequestHeader("Content-Type", /\.gz$/i.test(file.name) ? "application/gzip" : "text/csv")
        xhr.upload.onprogress = ({ loaded, total }) => setSent(total > 0 ? loaded / total : 0)
        xhr.onload = () => {
          const answer = parsed(xhr.responseText)
          if (xhr.status < 300 && answer && !("message" in answer)) resolve(answer)
          else reject(new Error(answer && "message" in answer ? answer.message : `HTTP ${xhr.status}`))
        }
        xhr.onerror = () => reject(new Error("the store cannot be reached"))
        xhr.onabort = () => reject(new UploadStopped())
        xhr.send(file)
      })
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.imports }),
  })
  return { ...upload, sent, stop: () => request.current?.abort() }
}

/** The person stopped the upload: no failure. */
export class UploadStopped extends Error {}

function parsed(text: string): UploadAnswer | { message: string } | null {
  try {
    return JSON.parse(text) as UploadAnswer | { message: string }
  } catch {
    return null
  }
}
