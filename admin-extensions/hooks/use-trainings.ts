import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { TrainingAnswer, TrainingListAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** True while a run may still change. */
export const isActive = (training: Pick<TrainingAnswer, "status">) => training.status === "queued" || training.status === "running"

/** The newest training runs; asked again every 2 s while one of them is under way, every 30 s otherwise (the nightly run starts by itself). */
export const useTrainings = (limit: number) =>
  useQuery({
    queryKey: [...queryKeys.trainings, limit],
    queryFn: ({ signal }) => sdk.client.fetch<TrainingListAnswer>("/admin/foresight/trainings", { query: { limit, offset: 0 }, signal }),
    refetchInterval: (query) => (query.state.data?.trainings.some(isActive) ? 2000 : 30_000),
  })

/** Starts a training of one kind. */
export function useStartTraining() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (kind: TrainingAnswer["kind"]) =>
      (await sdk.client.fetch<{ training: TrainingAnswer }>("/admin/foresight/trainings", { method: "POST", body: { kind } })).training,
    onSuccess: async (training) => {
      queryClient.setQueryData(queryKeys.training(training.id), training)
      await queryClient.invalidateQueries({ queryKey: queryKeys.trainings })
    },
  })
}

/** Asks a training to stop; it does within seconds. */
export function useCancelTraining() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => (await sdk.client.fetch<{ training: TrainingAnswer }>(`/admin/foresight/trainings/${id}`, { method: "DELETE" })).training,
    onSuccess: async (training) => {
      queryClient.setQueryData(queryKeys.training(training.id), training)
      await queryClient.invalidateQueries({ queryKey: queryKeys.trainings })
    },
  })
}
