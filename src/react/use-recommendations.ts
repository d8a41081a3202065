import { useCallback, useEffect, useState, useSyncExternalStore } from "react"
import type { RecommendationsRequest } from "../client"
import { useForesight } from "./foresight-provider"
import { RecommendationsLoader } from "./recommendations-loader"
import type { RecommendationsState } from "./recommendations-loader"

/**
 * Recommendations for one request; asked for again when the request's content changes, given up when the component goes.
 * @param options `enabled: false`: not yet, e.g. while the cart's id is not known.
 */
export function useRecommendations(
  request: RecommendationsRequest = {},
  { enabled = true }: { enabled?: boolean } = {}
): RecommendationsState & { refetch: () => void } {
  const foresight = useForesight()
  const [loader] = useState(() => new RecommendationsLoader())
  const key = JSON.stringify(request)
  const snapshot = () => loader.of(key)
  const state = useSyncExternalStore(loader.subscribe, snapshot, snapshot)
  const refetch = useCallback(() => void loader.load(foresight, key), [foresight, loader, key])
  useEffect(() => {
    if (enabled) refetch()
    return loader.stop
  }, [enabled, refetch, loader])
  return { ...state, loading: enabled && state.loading, refetch }
}
