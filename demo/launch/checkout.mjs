// Orders through Medusa's own cart and checkout, so that `order.placed` is heard for real.
import { isSoldOut } from "./is-sold-out.mjs"
import { LaunchError } from "./steps.mjs"

/**
 * @typedef {{ id: string, product_id: string }} Buyable
 *
 * @param {import("./storefront.mjs").Storefront} shop
 * @param {string} regionId
 * @param {number} most
 * @returns {Promise<Buyable[]>} variants that are in stock
 */
async function buyableVariants(shop, regionId, most) {
  /** @type {Buyable[]} */
  const found = []
  for (let offset = 0; found.length < most; offset += 50) {
    const { products, count } = await shop.call("GET", `/store/products?limit=50&offset=${offset}&order=id&region_id=${regionId}&fields=id,variants.id,*variants.calculated_price,+variants.inventory_quantity`)
    for (const product of products) {
      for (const variant of product.variants ?? []) {
        if (Number(variant.inventory_quantity) >= 3) found.push({ id: variant.id, product_id: product.id })
      }
    }
    if (offset + 50 >= count) break
  }
  return found
}

/** @param {import("./shop.mjs").SeedResult} seeded @param {import("./shop.mjs").ShopFile} shop */
export const checkoutTerms = ({ regionId, shippingOptionId }, { country }) => ({ regionId, shippingOptionId, country })

/**
 * One order by one customer, from the empty cart to the placed order.
 * @param {import("./storefront.mjs").Storefront} shop
 * @param {{ regionId: string, shippingOptionId: string, country: string }} terms
 * @param {{ email: string, token?: string, items: { variant_id: string, quantity: number }[] }} wish
 * @returns {Promise<string>} the order's id
 */
async function placeOrder(shop, { regionId, shippingOptionId, country }, { email, token, items }) {
  const address = { first_name: "Demo", last_name: "Customer", address_1: "1 Harbour Street", city: "Harbour", postal_code: "10115", country_code: country }
  const { cart } = await shop.call("POST", "/store/carts", { region_id: regionId, email, shipping_address: address, billing_address: address }, token)
  for (const item of items) await shop.call("POST", `/store/carts/${cart.id}/line-items`, item, token)
  await shop.call("POST", `/store/carts/${cart.id}/shipping-methods`, { option_id: shippingOptionId }, token)
  const { payment_collection } = await shop.call("POST", "/store/payment-collections", { cart_id: cart.id }, token)
  await shop.call("POST", `/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" }, token)
  const done = await shop.call("POST", `/store/carts/${cart.id}/complete`, {}, token)
  if (done.type !== "order") throw new LaunchError(`the cart of ${email} did not become an order: ${JSON.stringify(done.error ?? done).slice(0, 300)}`)
  return done.order.id
}

/**
 * @param {object} wish
 * @param {import("./storefront.mjs").Storefront} wish.shop
 * @param {{ regionId: string, shippingOptionId: string, country: string }} wish.terms
 * @param {string[]} wish.emails customers, taken in turn
 * @param {number} wish.count
 * @param {(text: string) => void} wish.say
 * @returns {Promise<string[]>} ids of the orders
 */
export async function placeOrders({ shop, terms, emails, count, say }) {
  const variants = await buyableVariants(shop, terms.regionId, 400)
  if (variants.length === 0) throw new LaunchError("no variant is in stock, so nothing can be ordered")
  /** @type {string[]} */
  const placed = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < count; index = next++) {
      // Steps of 7 and 13 spread the orders over the assortment without chance.
      const picks = [variants[(index * 7) % variants.length], variants[(index * 13 + 5) % variants.length]].slice(0, 1 + (index % 2))
      const items = [...new Map(picks.map((variant) => [variant?.id, { variant_id: String(variant?.id), quantity: 1 + (index % 3 === 0 ? 1 : 0) }])).values()]
      try {
        placed.push(await placeOrder(shop, terms, { email: String(emails[index % emails.length]), items }))
      } catch (error) {
        // Others may have bought the last units, or no one place holds as many: that order is made by the next customer instead.
        if (!(error instanceof LaunchError && isSoldOut(error.message)) || next > count * 3) throw error
        count += 1
      }
      if (placed.length % 10 === 0 && placed.length > 0) say(`${placed.length} orders placed`)
    }
  }
  await Promise.all([work(), work()])
  return placed
}
