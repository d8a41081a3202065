import { useTrack } from "medusa-plugin-foresight/react"
import { useEffect, useRef } from "react"
import { Link, useNavigate } from "react-router-dom"
import { Emptiness, Failure } from "../components/notices"
import { Shelf } from "../components/shelf"
import { money } from "../money"
import { lineAsItem, useCart, useRemoveFromCart } from "../use-cart"

/** What is in the cart, and what else might belong there. */
export function CartPage() {
  const track = useTrack()
  const navigate = useNavigate()
  const { data: cart, error, isPending, refetch } = useCart()
  const remove = useRemoveFromCart()
  const lines = cart?.items ?? []
  // Once a visit of this page, not again for each line taken out.
  const wasReported = useRef(false)
  useEffect(() => {
    if (!cart || wasReported.current) return
    wasReported.current = true
    track("view_cart", { items: (cart.items ?? []).map(lineAsItem), currency: cart.currency_code, cart_id: cart.id })
  }, [cart, track])

  if (isPending) return <p role="status">Loading your cart …</p>
  if (error) return <Failure what="The cart could not be loaded" error={error} onRetry={() => void refetch()} />
  const beginCheckout = () => {
    if (!cart) return
    track("begin_checkout", { items: lines.map(lineAsItem), currency: cart.currency_code, cart_id: cart.id })
    void navigate("/checkout")
  }
  return (
    <>
      <h1>Cart</h1>
      {!cart || lines.length === 0 ? (
        <Emptiness>Your cart is empty.</Emptiness>
      ) : (
        <>
          <ul className="lines">
            {lines.map((line) => (
              <li key={line.id} data-testid="cart-line">
                <Link to={`/products/${line.product_handle ?? ""}`}>{line.product_title ?? line.title}</Link>
                <span>
                  {line.quantity} × {money(line.unit_price, cart.currency_code)}
                </span>
                <button
                  type="button"
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ cart, line })}
                  aria-label={`Take out ${line.product_title ?? line.title}`}
                >
                  Take out
                </button>
              </li>
            ))}
          </ul>
          {remove.isError && <Failure what="It could not be taken out" error={remove.error} />}
          <p className="price">{money(cart.item_subtotal, cart.currency_code)}</p>
          <button type="button" className="main" data-testid="checkout" onClick={beginCheckout}>
            To the checkout
          </button>
        </>
      )}
      {cart && lines.length > 0 && (
        <Shelf
          key={lines.map(({ variant_id }) => variant_id).join()}
          title="Goes with your cart"
          listId="cart-related"
          request={{ scenario: "cart-related", context: { cart_id: cart.id } }}
        />
      )}
    </>
  )
}
