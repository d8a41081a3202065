import { useEffect, useMemo } from "react"
import type { ReactNode } from "react"
import type { Recommendation, RecommendationsRequest } from "../client"
import { useForesight } from "./foresight-provider"
import { ImpressionWatch } from "./impression-watch"
import { useRecommendations } from "./use-recommendations"

/** One product of a shelf with what its element needs to be reported. */
export interface ShelfItem extends Recommendation {
  /** Place in the list, from 0. */
  index: number
  /** Spread these on the link or button that shows the product: they report that it was seen and chosen, by mouse, touch or keyboard. */
  props: { ref: (element: Element | null) => void; onClick: () => void; onAuxClick: (event: { button: number }) => void }
}

/** What the shelf's children are told. */
export interface Shelf {
  items: ShelfItem[]
  loading: boolean
  error: Error | null
  refetch: () => void
  /** Of the answer shown; `null` before the first. */
  recommendationId: string | null
}

/** What a shelf is. */
export interface RecommendationShelfProps {
  request?: RecommendationsRequest
  /** The list's name in your shop, e.g. `home-personal`; becomes `item_list_id`. */
  listId: string
  /** `false`: not yet. */
  enabled?: boolean
  children: (shelf: Shelf) => ReactNode
}

/**
 * A shelf without looks of its own. It asks for recommendations, reports each product that was at least half in view for a second once as `view_item_list`,
 * and each that was chosen as `select_item`, both with `recommendation_id`, `item_list_id` and `index`.
 */
export function RecommendationShelf({ request, listId, enabled, children }: RecommendationShelfProps) {
  const { track } = useForesight()
  const { data, loading, error, refetch } = useRecommendations(request, { enabled })
  const { items, close, open } = useMemo(() => {
    const recommendation_id = data?.recommendation_id
    const products = data?.items ?? []
    const itemsAt = (places: number[]) => places.map((index) => ({ item_id: products[index]?.product_id ?? "", index, item_list_id: listId }))
    const watch = new ImpressionWatch((places) => track("view_item_list", { items: itemsAt(places), recommendation_id }))
    const items = products.map((product, index): ShelfItem => {
      const onClick = () => track("select_item", { items: itemsAt([index]), recommendation_id })
      // Button 1 is the middle one: opens the product in a new tab.
      return { ...product, index, props: { ref: watch.ref(index), onClick, onAuxClick: ({ button }) => void (button === 1 && onClick()) } }
    })
    return { items, open: () => watch.open(), close: () => watch.close() }
  }, [data, listId, track])
  useEffect(() => {
    open()
    return close
  }, [open, close])
  return <>{children({ items, loading, error, refetch, recommendationId: data?.recommendation_id ?? null })}</>
}
