import type { StorefrontApi } from "./store"
import { testStore } from "./store"

const ADDRESS = { first_name: "Test", last_name: "Person", address_1: "1 Test Street", city: "Berlin", postal_code: "10115", country_code: "de" }

/** A guest's cart with one line, as a storefront fills it. */
export async function filledCart(shop: StorefrontApi, { email, variantId, quantity }: { email: string; variantId: string; quantity: number }): Promise<string> {
  const { body } = await shop.post<{ cart: { id: string } }>("/store/carts", { region_id: testStore().regionId, email, shipping_address: ADDRESS, billing_address: ADDRESS })
  await shop.post(`/store/carts/${body.cart.id}/line-items`, { variant_id: variantId, quantity })
  return body.cart.id
}

/** Ships, pays and places a cart's order. @returns the order's id */
export async function placeOrder(shop: StorefrontApi, cartId: string): Promise<string> {
  await shop.post(`/store/carts/${cartId}/shipping-methods`, { option_id: testStore().shippingOptionId })
  const { body } = await shop.post<{ payment_collection: { id: string } }>("/store/payment-collections", { cart_id: cartId })
  await shop.post(`/store/payment-collections/${body.payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" })
  const done = await shop.post<{ type: string; order: { id: string } }>(`/store/carts/${cartId}/complete`, {})
  expect(done.body.type).toBe("order")
  return done.body.order.id
}
