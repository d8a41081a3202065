import type { HttpTypes } from "@medusajs/types"
import { useQuery } from "@tanstack/react-query"
import { useTrack } from "medusa-plugin-foresight/react"
import { useEffect, useState } from "react"
import { useLocation, useParams } from "react-router-dom"
import { CardsLoading, Emptiness, Failure } from "../components/notices"
import { Picture } from "../components/picture"
import type { CameFrom } from "../components/product-card"
import { Shelf } from "../components/shelf"
import { money, priceOf } from "../money"
import { useShop } from "../shop"
import { useAddToCart } from "../use-cart"

const FIELDS = "id,title,handle,thumbnail,description,*variants,*variants.calculated_price,+variants.inventory_quantity"

function ProductDetails({ product, recommendationId }: { product: HttpTypes.StoreProduct; recommendationId?: string }) {
  const { config } = useShop()
  const track = useTrack()
  const add = useAddToCart()
  const variants = product.variants ?? []
  const [variantId, setVariantId] = useState(variants[0]?.id)
  const variant = variants.find(({ id }) => id === variantId)
  const price = priceOf(variant)
  const isSoldOut = variant?.manage_inventory !== false && !variant?.allow_backorder && (variant?.inventory_quantity ?? 0) < 1

  useEffect(() => {
    track("view_item", { items: [{ item_id: product.id }], recommendation_id: recommendationId })
  }, [product.id, recommendationId, track])

  return (
    <article className="product">
      <Picture title={product.title} thumbnail={product.thumbnail} />
      <div>
        <h1>{product.title}</h1>
        <p>{product.description}</p>
        {variants.length > 1 && (
          <label className="filter">
            Kind
            <select value={variantId} onChange={(event) => setVariantId(event.target.value)}>
              {variants.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        <p className="price">{price === null ? "no price" : money(price, config.currency)}</p>
        <button
          type="button"
          className="main"
          data-testid="add-to-cart"
          disabled={!variant || isSoldOut || add.isPending}
          onClick={() => variant && add.mutate({ product, variant, price, recommendationId })}
        >
          {isSoldOut ? "Sold out" : add.isPending ? "One moment …" : "Add to cart"}
        </button>
        <p role="status">{add.isSuccess && "It is in your cart."}</p>
        {add.isError && <Failure what="It could not be added" error={add.error} />}
      </div>
    </article>
  )
}

/** One product, and what goes with it. */
export function ProductPage() {
  const { medusa, config } = useShop()
  const { handle = "" } = useParams()
  const cameFrom = useLocation().state as CameFrom | null
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["product", handle],
    queryFn: () => medusa.store.product.list({ handle, limit: 1, region_id: config.regionId, fields: FIELDS }),
  })
  if (isPending) return <CardsLoading count={1} />
  if (error) return <Failure what="The product could not be loaded" error={error} onRetry={() => void refetch()} />
  const product = data.products[0]
  if (!product) return <Emptiness>There is no such product.</Emptiness>
  return (
    <>
      <ProductDetails key={product.id} product={product} recommendationId={cameFrom?.recommendationId} />
      <Shelf title="Goes well with it" listId="product-related" request={{ scenario: "product-related", context: { product_ids: [product.id] } }} />
    </>
  )
}
