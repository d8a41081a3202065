import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  DemandAccuracyAnswer,
  DemandListAnswer,
  DemandOverrideAnswer,
  DemandOverrideListAnswer,
  DemandSeriesAnswer,
  DemandSurprisesAnswer,
  NewcomerListAnswer,
} from "../../src/api/answers"
import type { OverrideWish } from "../components/override-fields"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"
import type { DemandFilter, DemandPlace } from "./use-demand-filter"

const PATH = "/admin/foresight/demand"

/** One page of a level. The page before stays on screen while the next one loads. */
export const useDemandList = (query: DemandFilter & { limit: number; offset: number }) =>
  useQuery({
    queryKey: queryKeys.demandList(query),
    queryFn: ({ signal }) => sdk.client.fetch<DemandListAnswer>(PATH, { query, signal }),
    placeholderData: keepPreviousData,
  })

/** One of them in full; nothing is asked for before something is forecast. */
export const useDemandSeries = (place: DemandPlace, isWanted = true) =>
  useQuery({
    queryKey: queryKeys.demandSeries(place),
    queryFn: ({ signal }) => sdk.client.fetch<DemandSeriesAnswer>(`${PATH}/series`, { query: { ...place }, signal }),
    enabled: isWanted,
    // what is not forecast stays so until the night: no use in asking again
    retry: (failures, error) => failures < 2 && !isNotForecast(error),
  })

/** True where a place is simply not forecast. */
export const isNotForecast = (error: Error | null) => error !== null && "status" in error && error.status === 404

/** How good forecasts were. */
export const useDemandAccuracy = () =>
  useQuery({ queryKey: queryKeys.demandAccuracy, queryFn: ({ signal }) => sdk.client.fetch<DemandAccuracyAnswer>(`${PATH}/accuracy`, { signal }) })

/** The worst misses and what was odd last week. */
export const useDemandSurprises = () =>
  useQuery({ queryKey: queryKeys.demandSurprises, queryFn: ({ signal }) => sdk.client.fetch<DemandSurprisesAnswer>(`${PATH}/surprises`, { signal }) })

/** What is new, or of one variant. */
export const useNewcomers = (query: { variant_id?: string; limit: number; offset: number }) =>
  useQuery({
    queryKey: queryKeys.demandNewcomers(query),
    queryFn: ({ signal }) => sdk.client.fetch<NewcomerListAnswer>(`${PATH}/newcomers`, { query, signal }),
    placeholderData: keepPreviousData,
  })

/** Forecasts set by hand. */
export const useOverrides = (query: { state: "active" | "past"; limit: number; offset: number }) =>
  useQuery({
    queryKey: queryKeys.demandOverrides(query),
    queryFn: ({ signal }) => sdk.client.fetch<DemandOverrideListAnswer>(`${PATH}/overrides`, { query, signal }),
    placeholderData: keepPreviousData,
  })

function useOverrideChange<Wish>(change: (wish: Wish) => Promise<{ override: DemandOverrideAnswer }>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all([queryKeys.demand, queryKeys.allAdvice].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  })
}

/** Sets a forecast by hand; reorder advice follows. */
export const useSetOverride = () => useOverrideChange((body: OverrideWish) => sdk.client.fetch<{ override: DemandOverrideAnswer }>(`${PATH}/overrides`, { method: "POST", body }))

/** Ends one. */
export const useEndOverride = () => useOverrideChange((id: string) => sdk.client.fetch<{ override: DemandOverrideAnswer }>(`${PATH}/overrides/${id}`, { method: "DELETE" }))
