import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { BackfillAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

const PATH = "/admin/foresight/backfill"

/** The walk over all orders of the shop; asked again every second while it runs. */
export const useBackfill = () =>
  useQuery({
    queryKey: queryKeys.backfill,
    queryFn: ({ signal }) => sdk.client.fetch<BackfillAnswer>(PATH, { signal }),
    refetchInterval: (query) => (query.state.data?.status === "running" ? 1000 : 30_000),
  })

/** Starts it; one that runs already goes on. */
export function useStartBackfill() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => sdk.client.fetch<BackfillAnswer>(PATH, { method: "POST", body: {} }),
    onSuccess: (state) => queryClient.setQueryData(queryKeys.backfill, state),
  })
}
