import { useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { EventSourceAnswer } from "../../src/api/answers"
import { useFilterChange } from "./use-filter-change"

/** Lines a page of the list. */
export const LINES_A_PAGE = 15
export const SOURCES = ["medusa", "storefront", "import"] as const satisfies readonly EventSourceAnswer[]
export const STATES = ["set_aside", "counting"] as const

export interface SetAsideFilter {
  state: (typeof STATES)[number]
  reason?: string
  source?: EventSourceAnswer
  q?: string
}

/** The list's filter, kept in the address; any change but of the page goes to the first page. */
export function useSetAsideFilter() {
  const [params, setParams] = useSearchParams()
  const page = Math.max(0, Math.trunc(Number(params.get("page") ?? 1)) - 1 || 0)
  const filter = useMemo<SetAsideFilter>(() => {
    const [reason, q] = [params.get("reason"), params.get("q")]
    const source = SOURCES.find((name) => name === params.get("source"))
    return { state: STATES.find((name) => name === params.get("state")) ?? "set_aside", ...(reason && { reason }), ...(source && { source }), ...(q && { q }) }
  }, [params])
  const change = useFilterChange<{ [name in keyof SetAsideFilter]?: string | undefined }>(setParams)
  return { filter, offset: page * LINES_A_PAGE, change }
}
