import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query"
import type { AdviceAnswer, AdviceListAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** What the list shows: all fields optional but the order. */
export interface AdviceFilter {
  q?: string
  status?: AdviceAnswer["status"]
  location_id?: string
  order: string
}

/** One page of advice. The page before stays on screen while the next one loads. */
export const useAdviceList = (query: AdviceFilter & { limit: number; offset: number }) =>
  useQuery({
    queryKey: queryKeys.adviceList(query),
    queryFn: ({ signal }) => sdk.client.fetch<AdviceListAnswer>("/admin/foresight/advice", { query, signal }),
    placeholderData: keepPreviousData,
  })

/** Saves all advice under the filter as a CSV file. Fetched rather than linked to: a link cannot carry a token. */
export const useAdviceDownload = () =>
  useMutation({
    mutationFn: async (query: AdviceFilter) => {
      const response = await sdk.client.fetch<Response>("/admin/foresight/advice/export", { query, headers: { accept: "text/csv" } })
      const url = URL.createObjectURL(await response.blob())
      const link = document.createElement("a")
      link.href = url
      link.download = "foresight-advice.csv"
      link.click()
      URL.revokeObjectURL(url)
    },
  })
