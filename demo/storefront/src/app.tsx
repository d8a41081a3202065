import { useState } from "react"
import { Link, Route, Routes, useNavigate, useSearchParams } from "react-router-dom"
import { ConsentSwitch } from "./components/consent-switch"
import { EventLog } from "./components/event-log"
import { Emptiness } from "./components/notices"
import { AccountPage } from "./pages/account-page"
import { CartPage } from "./pages/cart-page"
import { CatalogPage } from "./pages/catalog-page"
import { CheckoutPage } from "./pages/checkout-page"
import { HomePage } from "./pages/home-page"
import { ProductPage } from "./pages/product-page"
import { useCart } from "./use-cart"
import { useCustomer } from "./use-customer"

function SearchBox() {
  const navigate = useNavigate()
  const [parameters] = useSearchParams()
  const asked = parameters.get("q") ?? ""
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const words = new FormData(event.currentTarget).get("q")
    if (typeof words === "string" && words.trim()) void navigate(`/products?q=${encodeURIComponent(words.trim())}`)
  }
  return (
    <form role="search" onSubmit={submit}>
      <input key={asked} type="search" name="q" aria-label="Search products" placeholder="Search" defaultValue={asked} maxLength={100} data-testid="search" />
    </form>
  )
}

/** The frame around every page. */
export function App() {
  const { data: cart } = useCart()
  const { data: customer } = useCustomer()
  const [isLogOpen, setLogOpen] = useState(false)
  const pieces = (cart?.items ?? []).reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <>
      <a className="skip" href="#content">
        To the content
      </a>
      <header className="top">
        <Link className="name" to="/">
          Harbour Goods
        </Link>
        <nav aria-label="Shop">
          <Link to="/products">Products</Link>
          <Link to="/cart" data-testid="cart-link">
            Cart{pieces > 0 ? ` (${pieces})` : ""}
          </Link>
          <Link to="/account" data-testid="account-link">
            {customer ? (customer.first_name ?? customer.email) : "Log in"}
          </Link>
        </nav>
        <SearchBox />
      </header>
      <main id="content" tabIndex={-1}>
        <Routes>
          <Route path="/" element={<HomePage />} />
          <Route path="/products" element={<CatalogPage />} />
          <Route path="/products/:handle" element={<ProductPage />} />
          <Route path="/cart" element={<CartPage />} />
          <Route path="/checkout" element={<CheckoutPage />} />
          <Route path="/account" element={<AccountPage />} />
          <Route path="*" element={<Emptiness>There is no such page.</Emptiness>} />
        </Routes>
      </main>
      <footer className="bottom">
        <ConsentSwitch />
        <button type="button" className="link" aria-expanded={isLogOpen} onClick={() => setLogOpen(!isLogOpen)} data-testid="open-log">
          What this page sends
        </button>
      </footer>
      {isLogOpen && <EventLog onClose={() => setLogOpen(false)} />}
    </>
  )
}
