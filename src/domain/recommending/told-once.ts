import type { ShopEvent } from "../events"

/**
 * One person's events without what is told twice: where a storefront (or an import) says that a product went into the cart, Medusa's own row of that product
 * and day is the same act. The storefront's stays, since it knows the visit; Medusa's stays where nobody else told. `readInteractions` says the same in SQL.
 * @param events Of one person, in any order; the order stays.
 */
export function toldOnce(events: readonly ShopEvent[]): ShopEvent[] {
  const act = ({ day, productId }: ShopEvent) => `${day} ${productId}`
  const told = new Set(events.filter(({ name, source }) => name === "add_to_cart" && source !== "medusa").map(act))
  return events.filter((event) => event.name !== "add_to_cart" || event.source !== "medusa" || !told.has(act(event)))
}
