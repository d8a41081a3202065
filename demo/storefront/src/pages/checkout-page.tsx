import { useMutation } from "@tanstack/react-query"
import { useTrack } from "medusa-plugin-foresight/react"
import { Link } from "react-router-dom"
import { Emptiness, Failure } from "../components/notices"
import { money } from "../money"
import { useShop } from "../shop"
import { lineAsItem, useCart, useForgetCart } from "../use-cart"

/** A real checkout, as short as Medusa allows: the payment is Medusa's manual one. The sale itself reaches Foresight from Medusa, not from here. */
export function CheckoutPage() {
  const { medusa, config } = useShop()
  const track = useTrack()
  const forgetCart = useForgetCart()
  const { data: cart, isPending } = useCart()

  const order = useMutation({
    mutationFn: async (email: string) => {
      if (!cart) throw new Error("the cart is empty")
      const about = { items: (cart.items ?? []).map(lineAsItem), currency: cart.currency_code, cart_id: cart.id }
      const address = {
        ...{ first_name: "Demo", last_name: "Customer", address_1: "1 Harbour Street" },
        ...{ city: "Harbour", postal_code: "10115", country_code: config.country },
      }
      await medusa.store.cart.update(cart.id, { email, shipping_address: address, billing_address: address })
      const { cart: shipped } = await medusa.store.cart.addShippingMethod(cart.id, { option_id: config.shippingOptionId })
      track("add_shipping_info", about)
      await medusa.store.payment.initiatePaymentSession(shipped, { provider_id: "pp_system_default" })
      track("add_payment_info", about)
      const done = await medusa.store.cart.complete(cart.id)
      if (done.type !== "order") throw new Error(done.error.message)
      return done.order
    },
    onSuccess: forgetCart,
  })

  if (order.data) {
    return (
      <div className="notice" role="status" data-testid="order-placed">
        <h1>Thank you</h1>
        <p>
          Order {order.data.display_id} over {money(order.data.total, order.data.currency_code)} is placed. It counts towards tonight’s forecast.
        </p>
        <Link to="/">Back to the shop</Link>
      </div>
    )
  }
  if (isPending) return <p role="status">Loading your cart …</p>
  if (!cart || (cart.items ?? []).length === 0) return <Emptiness>Your cart is empty.</Emptiness>
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = new FormData(event.currentTarget).get("email")
    if (typeof email === "string") order.mutate(email)
  }
  return (
    <form className="checkout" onSubmit={submit}>
      <h1>Checkout</h1>
      <p>Delivery to 1 Harbour Street, paid on account: this is a demo.</p>
      <label>
        Email
        <input type="email" name="email" required autoComplete="email" defaultValue="visitor@foresight.local" />
      </label>
      <button type="submit" className="main" data-testid="place-order" disabled={order.isPending}>
        {order.isPending ? "One moment …" : `Order for ${money(cart.item_subtotal, cart.currency_code)} and delivery`}
      </button>
      {order.isError && <Failure what="The order was not placed" error={order.error} />}
    </form>
  )
}
