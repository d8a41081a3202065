import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { DemandWhatIfAnswer } from "../../src/api/answers"
import type { WhatIfWish } from "../components/what-if-fields"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** What would sell with a change; nothing is asked before there is a question. */
export const useWhatIf = (wish: WhatIfWish | undefined) =>
  useQuery({
    queryKey: queryKeys.demandWhatIf(wish ?? {}),
    queryFn: ({ signal }) => sdk.client.fetch<DemandWhatIfAnswer>("/admin/foresight/demand/what-if", { query: { ...wish }, signal }),
    enabled: wish !== undefined,
    placeholderData: keepPreviousData,
  })
