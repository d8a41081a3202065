import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { DemandClassAnswer, DemandLevelAnswer } from "../../src/api/answers"
import { useFilterChange } from "./use-filter-change"

/** Rows a page of the list. */
export const DEMAND_A_PAGE = 15
export const LEVELS = ["category", "product", "variant"] as const satisfies readonly DemandLevelAnswer[]
export const CLASSES = ["smooth", "erratic", "intermittent", "lumpy", "new", "dying"] as const satisfies readonly DemandClassAnswer[]
/** Sortings, most useful first. */
export const DEMAND_ORDERS = ["-expected", "-sold", "-change", "change", "-uncertainty", "title"] as const

export interface DemandFilter {
  level: DemandLevelAnswer
  order: string
  q?: string
  demand_class?: DemandClassAnswer
}
export interface DemandFilterChange {
  level?: string
  order?: string
  q?: string
  demand_class?: string | undefined
  page?: number
}

/** What names one shop, category, product or variant. */
export interface DemandPlace {
  level: DemandLevelAnswer
  id: string
}

/** The whole shop, shown until something is chosen. */
export const WHOLE_SHOP: DemandPlace = { level: "shop", id: "all" }

/** The list's filter and what is shown in full, kept in the address. A change of the filter goes to the first page. */
export function useDemandFilter() {
  const [params, setParams] = useSearchParams()
  const page = Math.max(0, Math.trunc(Number(params.get("page") ?? 1)) - 1 || 0)
  const filter = useMemo<DemandFilter>(() => {
    const level = LEVELS.find((name) => name === params.get("level")) ?? "product"
    const demandClass = level === "variant" ? CLASSES.find((name) => name === params.get("demand_class")) : undefined
    const q = params.get("q")
    return { level, order: DEMAND_ORDERS.find((name) => name === params.get("order")) ?? DEMAND_ORDERS[0], ...(q && { q }), ...(demandClass && { demand_class: demandClass }) }
  }, [params])
  const place = useMemo<DemandPlace>(() => {
    const level = LEVELS.find((name) => name === params.get("of"))
    const id = params.get("id")
    return level && id ? { level, id } : WHOLE_SHOP
  }, [params])
  const change = useFilterChange<DemandFilterChange>(setParams)
  const show = useCallback(
    ({ level, id }: DemandPlace) =>
      setParams((before) => {
        const next = new URLSearchParams(before)
        if (level === "shop") ["of", "id"].forEach((name) => next.delete(name))
        else {
          next.set("of", level)
          next.set("id", id)
        }
        return next
      }),
    [setParams]
  )
  return { filter, offset: page * DEMAND_A_PAGE, place, change, show, isFiltered: Boolean(filter.q || filter.demand_class) }
}
