import { useQuery } from "@tanstack/react-query"
import { useTrack } from "medusa-plugin-foresight/react"
import { useEffect } from "react"
import { useSearchParams } from "react-router-dom"
import { ProductList } from "../components/product-list"
import { useShop } from "../shop"

/** Products by category or by words searched for. */
export function CatalogPage() {
  const { medusa } = useShop()
  const track = useTrack()
  const [parameters, setParameters] = useSearchParams()
  const words = parameters.get("q") ?? ""
  const category = parameters.get("category") ?? ""
  const { data } = useQuery({ queryKey: ["categories"], queryFn: () => medusa.store.category.list({ limit: 100, fields: "id,name" }), staleTime: Infinity })

  useEffect(() => {
    if (words) track("search", { search_term: words })
  }, [words, track])

  const choose = (id: string) => setParameters({ ...(words && { q: words }), ...(id && { category: id }) })
  return (
    <>
      <h1>{words ? `“${words}”` : "Products"}</h1>
      <label className="filter">
        Category
        <select value={category} onChange={(event) => choose(event.target.value)} data-testid="category">
          <option value="">All</option>
          {(data?.product_categories ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ProductList
        key={`${words} ${category}`}
        listId={words ? "search" : "category"}
        limit={24}
        categoryId={category || undefined}
        words={words || undefined}
      />
    </>
  )
}
