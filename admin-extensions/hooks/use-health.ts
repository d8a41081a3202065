import { useQuery } from "@tanstack/react-query"
import type { HealthAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** Whether the parts behind the advice are up, and how much data there is. */
export const useHealth = () =>
  useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => sdk.client.fetch<HealthAnswer>("/admin/foresight/health", { signal }),
    staleTime: 30_000,
  })
