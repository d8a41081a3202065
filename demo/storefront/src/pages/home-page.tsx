import { ProductList } from "../components/product-list"
import { Shelf } from "../components/shelf"
import { useCustomer } from "../use-customer"

/** Shelves that know the visitor, above what the shop has. */
export function HomePage() {
  const { data: customer } = useCustomer()
  return (
    <>
      {customer && <Shelf key={customer.id} title="For you" listId="home-personal" request={{ scenario: "personal" }} />}
      <Shelf title={(reasons) => (reasons.has("because_viewed") ? "From this visit" : "Popular now")} listId="home-session" request={{ scenario: "session" }} />
      <section aria-label="All products">
        <h2>All products</h2>
        <ProductList listId="home-all" limit={12} />
      </section>
    </>
  )
}
