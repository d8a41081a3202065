import type { RecommendationsRequest } from "medusa-plugin-foresight/client"
import { RecommendationShelf } from "medusa-plugin-foresight/react"
import { useShop } from "../shop"
import { CardsLoading, Failure } from "./notices"
import { ProductCard } from "./product-card"

const REASONS: Record<string, string> = {
  because_bought: "because of what you bought",
  because_viewed: "because of what you looked at",
  because_in_cart: "goes with your cart",
  similar_product: "similar",
  popular_now: "popular now",
  new_in_store: "new",
}

interface ShelfProps {
  /** May depend on why its products are there. */
  title: string | ((reasons: Set<string>) => string)
  listId: string
  request: RecommendationsRequest
}

/** A shelf of this shop: the kit brings data and reporting, the looks are ours. An empty one is not shown. */
export function Shelf({ title, listId, request }: ShelfProps) {
  const { config } = useShop()
  return (
    <RecommendationShelf listId={listId} request={{ limit: 6, hydrate: true, region_id: config.regionId, ...request }}>
      {({ items, loading, error, refetch, recommendationId }) => {
        if (items.length === 0 && !loading && !error) return null
        const name = typeof title === "string" ? title : title(new Set(items.map(({ reason }) => reason.code)))
        return (
          <section className="shelf" data-testid={`shelf-${listId}`} aria-label={name}>
            <h2>{name}</h2>
            {items.length === 0 && loading && <CardsLoading />}
            {items.length === 0 && error && <Failure what="This shelf could not be filled" error={error} onRetry={refetch} />}
            <div className="cards">
              {items.map(({ product_id, product, reason, props }) => (
                <ProductCard
                  key={product_id}
                  title={product?.title ?? product_id}
                  handle={product?.handle ?? null}
                  thumbnail={product?.thumbnail ?? null}
                  price={product?.price ? { amount: product.price.amount, currency: product.price.currency_code } : null}
                  note={REASONS[reason.code]}
                  cameFrom={{ recommendationId: recommendationId ?? undefined }}
                  report={props}
                />
              ))}
            </div>
          </section>
        )
      }}
    </RecommendationShelf>
  )
}
