import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { AdviceAnswer } from "../../src/api/answers"
import type { AdviceFilter } from "./use-advice-list"
import { useFilterChange } from "./use-filter-change"

/** Rows a page of the advice list. */
export const PAGE_SIZE = 20
/** Sortings the list offers, most useful first. */
export const ORDERS = ["-stockout_probability", "order_by", "-order_quantity"] as const
/** Statuses in the order of the tiles. */
export const STATUSES = ["order", "not_due", "surplus", "too_few_sales"] as const satisfies readonly AdviceAnswer["status"][]

export interface FilterChange {
  q?: string
  status?: AdviceAnswer["status"]
  location_id?: string
  order?: string
  page?: number
}

/** The list's filter, kept in the address, so that Back and a bookmark bring it again. Any change but of the page goes to the first page. */
export function useAdviceFilter() {
  const [params, setParams] = useSearchParams()
  const page = Math.max(0, Math.trunc(Number(params.get("page") ?? 1)) - 1 || 0)
  const filter = useMemo<AdviceFilter>(() => {
    const status = STATUSES.find((name) => name === params.get("status"))
    const order = ORDERS.find((name) => name === params.get("order")) ?? ORDERS[0]
    const [q, location] = [params.get("q"), params.get("location_id")]
    return { order, ...(q && { q }), ...(status && { status }), ...(location && { location_id: location }) }
  }, [params])

  const change = useFilterChange<FilterChange>(setParams)
  const clear = useCallback(() => setParams({}), [setParams])
  return { filter, offset: page * PAGE_SIZE, change, clear, isFiltered: Boolean(filter.q || filter.status || filter.location_id) || page > 0 }
}
