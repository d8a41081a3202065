import { addDays, dayNumber, type Day } from "../../src/domain/day"
import { browse } from "./browse-history"
import { createCatalogue, type CatalogueVariant } from "./catalogue"
import { Clientele } from "./clientele"
import { createDemandModel, seasonFactor, WEEKDAY } from "./demand-model"
import { Random } from "./random"
import { playSales } from "./sales-history"
import { StockKeeping } from "./stock-keeping"
import type { ShopScale, SimulatedLocation, SimulatedOrderLine, SimulatedShop } from "./types"

/** The demo's shop. */
const FULL_SCALE: ShopScale = { variants: 300, days: 730, customers: 3000, orders: 40_000, events: 200_000 }
/** A shop for tests: two months, made in well under a second. */
export const SMALL_SCALE: ShopScale = { variants: 20, days: 60, customers: 80, orders: 600, events: 2500 }

const CURRENCY = "eur"
const LOCATIONS: SimulatedLocation[] = [
  { name: "Warehouse North", countryCode: "de" },
  { name: "Warehouse South", countryCode: "it" },
]
const SALES_CHANNELS = ["Web Shop", "Marketplace"]
/** Days after the history for which the truth is known. */
const FUTURE_DAYS = 60
const MS_PER_DAY = 86_400_000

/**
 * A shop whose truth is known: assortment, customers with tastes, two years of orders and visits, the stock they leave.
 * Demand is drawn around a known expectation (trend, season, weekday, price drops); a buyer with a simple rule keeps the stock, so some demand
 * is lost; lines become orders of customers by taste. The same arguments give the same shop.
 * @param asOf Last day of history (in UTC, as all its days). Nothing happens later.
 * @param scale Targets; those left out are the demo's.
 */
export function simulateShop({ seed, asOf, scale }: { seed: number; asOf: Day; scale?: Partial<ShopScale> }): SimulatedShop {
  const { variants: count, days, customers, orders, events } = { ...FULL_SCALE, ...scale }
  const stream = (index: number) => new Random(seed, index)
  const locationNames = LOCATIONS.map(({ name }) => name)
  const catalogue = createCatalogue(stream(1), count, days, asOf)
  const clientele = new Clientele(stream(2), catalogue, customers, days)
  const demand = createDemandModel(stream(3), catalogue, { days, futureDays: FUTURE_DAYS, asOf, orders, locations: LOCATIONS.length })
  const stock = new StockKeeping(stream(4), catalogue, demand, locationNames)
  const history = playSales(stream(5), { catalogue, demand, clientele, stock, locations: LOCATIONS.length, channels: SALES_CHANNELS.length })

  const all = days + FUTURE_DAYS
  const firstDay = addDays(asOf, 1 - days)
  const firstNumber = dayNumber(firstDay)
  const midnight = (day: number) => (firstNumber + day) * MS_PER_DAY
  const discountOn = (variant: number, day: number) => demand.discount[variant * all + day] as number
  const cents = (amount: number) => Math.round(amount * 100) / 100

  function* orderLines(): Generator<SimulatedOrderLine> {
    for (const [index, order] of history.orders.entries()) {
      const orderId = `SIM-${String(index + 1).padStart(6, "0")}`
      for (const { variant, quantity } of order.lines) {
        const { sku, price } = catalogue.variants[variant] as CatalogueVariant
        yield {
          order_id: orderId,
          ordered_at: new Date(midnight(order.day) + order.second * 1000).toISOString(),
          email: (clientele.customers[order.customer] as { email: string }).email,
          sku,
          quantity,
          unit_price: price,
          currency: CURRENCY,
          location: locationNames[order.location] as string,
          sales_channel: SALES_CHANNELS[order.channel] as string,
          status: order.canceled ? "canceled" : "completed",
          discount: cents(quantity * price * discountOn(variant, order.day)),
        }
      }
    }
  }
  const seasons = new Map(catalogue.leaves.map(({ handle, season }) => [handle, season]))
  return {
    currency: CURRENCY,
    asOf,
    categories: catalogue.categories,
    products: catalogue.products,
    kits: catalogue.kits,
    locations: LOCATIONS,
    salesChannels: SALES_CHANNELS,
    stock: stock.count(),
    supply: catalogue.supply,
    customers: clientele.customers.map(({ email, firstName, lastName }) => ({ email, firstName, lastName })),
    orders: orderLines,
    events: () =>
      browse({
        seed,
        events,
        currency: CURRENCY,
        catalogue,
        demand,
        clientele,
        orders: history.orders,
        midnight,
        weekday: (day) => (firstNumber + day + 3) % 7,
        priceOn: ({ index, price }, day) => cents(price * (1 - discountOn(index, day))),
      }),
    truth: {
      firstDay,
      days,
      futureDays: FUTURE_DAYS,
      expectedDemand: (variant, location, day) =>
        (demand.units[variant * all + day] as number) * (demand.locationShare[variant * LOCATIONS.length + location] as number),
      lostUnits: (variant, location, day) => history.lost[(variant * LOCATIONS.length + location) * days + day] as number,
      unitsAtOpening: (variant, location, day) => history.atOpening[(variant * LOCATIONS.length + location) * days + day] as number,
      weekday: WEEKDAY,
      season: (category, day) => seasonFactor(seasons.get(category) ?? "flat", day),
      skus: catalogue.variants.map(({ sku }) => sku),
      styles: catalogue.variants.map(({ style }) => style),
      tastes: clientele.tastes,
      leafCategories: catalogue.leaves.map(({ handle }) => handle),
      groups: catalogue.groups.map((group) => group.map((member) => (catalogue.variants[member] as CatalogueVariant).sku)),
      promotions: demand.promotions,
    },
  }
}
