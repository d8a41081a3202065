import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useTrack } from "medusa-plugin-foresight/react"
import { useState } from "react"
import { fromPrice } from "../money"
import { useShop } from "../shop"
import { CardsLoading, Emptiness, Failure } from "./notices"
import { ProductCard } from "./product-card"

interface ProductListProps {
  listId: string
  limit: number
  categoryId?: string
  words?: string
}

/** Products of Medusa, page by page; a chosen one is reported as `select_item`. */
export function ProductList({ listId, limit, categoryId, words }: ProductListProps) {
  const { medusa, config } = useShop()
  const track = useTrack()
  const [page, setPage] = useState(0)
  const offset = page * limit
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["products", { limit, offset, categoryId, words }],
    queryFn: () =>
      medusa.store.product.list({
        ...{ limit, offset, region_id: config.regionId, fields: "id,title,handle,thumbnail,*variants.calculated_price" },
        ...(categoryId && { category_id: categoryId }),
        ...(words && { q: words }),
      }),
    placeholderData: keepPreviousData,
  })
  if (isPending) return <CardsLoading count={limit} />
  if (error) return <Failure what="The products could not be loaded" error={error} onRetry={() => void refetch()} />
  if (data.count === 0) return <Emptiness>{words ? `Nothing was found for “${words}”. Try a shorter word.` : "There is nothing here yet."}</Emptiness>
  const pages = Math.ceil(data.count / limit)
  return (
    <>
      <div className="cards" data-testid="product-list">
        {data.products.map((product, index) => {
          const price = fromPrice(product)
          const select = () => track("select_item", { items: [{ item_id: product.id, index: offset + index, item_list_id: listId }] })
          return (
            <ProductCard
              key={product.id}
              title={product.title}
              handle={product.handle}
              thumbnail={product.thumbnail}
              price={price === null ? null : { amount: price, currency: config.currency }}
              report={{ onClick: select }}
            />
          )
        })}
      </div>
      {pages > 1 && (
        <nav className="pages" aria-label="Pages">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Back
          </button>
          <span>
            {page + 1} of {pages}
          </span>
          <button type="button" disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </nav>
      )}
    </>
  )
}
