import { useQuery } from "@tanstack/react-query"
import type { ModelListAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** The model versions in service, one a kind. */
export const useServingModels = () =>
  useQuery({
    queryKey: queryKeys.models,
    queryFn: async ({ signal }) =>
      (await sdk.client.fetch<ModelListAnswer>("/admin/foresight/models", { query: { limit: 200 }, signal })).models.filter((model) => model.status === "serving"),
  })
