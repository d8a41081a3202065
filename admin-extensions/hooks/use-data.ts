import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { CleaningSettingsAnswer, DataAnswer, SetAsideChangeAnswer, SetAsideLineAnswer, SetAsideListAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"
import type { SetAsideFilter } from "./use-set-aside-filter"

/** What names one line. */
type LineKey = Pick<SetAsideLineAnswer, "day" | "event_id">
/** Lines by name, or all of one reason. */
export type Restored = { lines: LineKey[] } | { reason: string }

/** What arrived, what is set aside, what is missing; asked anew every few seconds, so that the page shows events as they come. */
export const useData = () =>
  useQuery({
    queryKey: queryKeys.data,
    queryFn: ({ signal }) => sdk.client.fetch<DataAnswer>("/admin/foresight/data", { signal }),
    refetchInterval: 5_000,
  })

/** One page of lines with a verdict. The page before stays on screen while the next one loads. */
export const useSetAsideLines = (query: SetAsideFilter & { limit: number; offset: number }) =>
  useQuery({
    queryKey: [...queryKeys.setAside, query],
    queryFn: ({ signal }) => sdk.client.fetch<SetAsideListAnswer>("/admin/foresight/data/excluded", { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

function useChange<Body extends object>(path: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Body) => sdk.client.fetch<SetAsideChangeAnswer>(path, { method: "POST", body }),
    onSettled: () => Promise.all([queryKeys.data, queryKeys.setAside].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  })
}

/** Lets lines count again. */
export const useRestore = () => useChange<Restored>("/admin/foresight/data/excluded/restore")

/** Sets lines aside; those that were restored get their reason back. */
export const useExclude = () => useChange<{ lines: LineKey[] }>("/admin/foresight/data/excluded")

/** The settings of the cleaning rules; asked for when the drawer opens. */
export const useCleaningSettings = (isWanted: boolean) =>
  useQuery({
    queryKey: queryKeys.cleaningSettings,
    queryFn: ({ signal }) => sdk.client.fetch<CleaningSettingsAnswer>("/admin/foresight/data/settings", { signal }),
    enabled: isWanted,
  })

/** Saves them. */
export function useSaveCleaningSettings() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Pick<CleaningSettingsAnswer, "test_orders" | "duplicates">) =>
      sdk.client.fetch<CleaningSettingsAnswer>("/admin/foresight/data/settings", { method: "POST", body }),
    onSuccess: (settings) => queryClient.setQueryData(queryKeys.cleaningSettings, settings),
  })
}
