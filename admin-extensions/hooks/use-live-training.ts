import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import type { TrainingAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"
import { isActive } from "./use-trainings"

/**
 * Follows one training run: by server-sent events while they come, else by asking every 2 s (some proxies hold events back or cut them).
 * When the run ends, everything that a new model changes is asked anew.
 */
export function useLiveTraining(id: string) {
  const queryClient = useQueryClient()
  const [streaming, setStreaming] = useState(false)
  const query = useQuery({
    queryKey: queryKeys.training(id),
    queryFn: async ({ signal }) => (await sdk.client.fetch<{ training: TrainingAnswer }>(`/admin/foresight/trainings/${id}`, { signal })).training,
    refetchInterval: ({ state }) => (!streaming && (!state.data || isActive(state.data)) ? 2000 : false),
  })
  const active = query.data ? isActive(query.data) : undefined

  useEffect(() => {
    if (!active) return
    let left = false
    let abort = () => {}
    const follow = async () => {
      const events = await sdk.client.fetchStream(`/admin/foresight/trainings/${id}`)
      abort = events.abort
      if (left) return abort()
      for await (const { event, data } of events.stream) {
        if (left) return
        if (event !== "training" || !data) continue
        queryClient.setQueryData(queryKeys.training(id), (JSON.parse(data) as { training: TrainingAnswer }).training)
        setStreaming(true) // only now: until an event came, asking goes on
      }
    }
    follow()
      .catch(() => undefined) // the stream is a comfort; asking every 2 s takes over
      .finally(() => !left && setStreaming(false))
    return () => {
      left = true
      abort()
      setStreaming(false)
    }
  }, [active, id, queryClient])

  const wasActive = useRef(false)
  useEffect(() => {
    if (active) wasActive.current = true
    if (active !== false || !wasActive.current) return
    wasActive.current = false
    for (const queryKey of [queryKeys.trainings, queryKeys.models, queryKeys.allAdvice]) void queryClient.invalidateQueries({ queryKey })
  }, [active, queryClient])

  return query
}
