import type { EventName } from "../../src/domain/events"
import type { Catalogue, CatalogueVariant } from "./catalogue"
import type { Clientele } from "./clientele"
import { WEEKDAY, type DemandModel } from "./demand-model"
import { Random } from "./random"
import { drawSecond, type OrderRecord } from "./sales-history"
import type { SimulatedEvent } from "./types"

/** Events that a visit with and without an order leaves, on average; measured, to meet the number asked for. */
const EVENTS_PER_ORDER_VISIT = 6.2
const EVENTS_PER_VISIT = 5.1
/** Share of all events that belong to visits which end with an order. */
const ORDER_VISIT_SHARE = 0.35
const VIEWS_PER_VISIT = 4
const LOGGED_IN_CHANCE = 0.3
const KNOWN_DEVICE_CHANCE = 0.6

export interface BrowsePlan {
  seed: number
  events: number
  currency: string
  catalogue: Catalogue
  demand: DemandModel
  clientele: Clientele
  orders: readonly OrderRecord[]
  /** ms since 1970 of a day's midnight. */
  midnight: (day: number) => number
  /** Weekday of a day index, Monday 0. */
  weekday: (day: number) => number
  priceOn: (variant: CatalogueVariant, day: number) => number
}

/** One event of a visit before it has ids: seconds since midnight and what it is about. */
interface Step {
  name: EventName
  second: number
  variant?: CatalogueVariant
  quantity?: number
  searchTerm?: string
}

/** Visits of the web shop, day by day; each day draws from its own stream of chance, so the result can be walked again. */
export function* browse(plan: BrowsePlan): Generator<SimulatedEvent> {
  const { orders, demand, clientele } = plan
  const webOrders = orders.filter(({ channel, canceled }) => channel === 0 && !canceled).length
  const tracked = Math.min(1, (ORDER_VISIT_SHARE * plan.events) / EVENTS_PER_ORDER_VISIT / Math.max(1, webOrders))
  const visitsADay = ((1 - ORDER_VISIT_SHARE) * plan.events) / EVENTS_PER_VISIT / demand.days
  let next = 0
  for (let day = 0; day < demand.days; day += 1) {
    const random = new Random(plan.seed, 1000 + day)
    const visits: { visitor: string; email: string; steps: Step[] }[] = []
    for (; next < orders.length && (orders[next] as OrderRecord).day === day; next += 1) {
      const order = orders[next] as OrderRecord
      if (order.channel !== 0 || order.canceled || !random.chance(tracked)) continue
      visits.push({ visitor: `v-${order.customer + 1}`, email: clientele.customers[order.customer]?.email ?? "", steps: orderVisit(random, plan, order) })
    }
    const dayVariants = variantsByLeaf(plan, day)
    for (let left = random.poisson(visitsADay * (WEEKDAY[plan.weekday(day)] as number)); left > 0; left -= 1) {
      const leaf = random.weighted(dayVariants.map(({ sum }) => sum))
      const customer = clientele.drawVisitor(random, leaf, day)
      const loggedIn = random.chance(LOGGED_IN_CHANCE)
      const known = loggedIn || random.chance(KNOWN_DEVICE_CHANCE)
      visits.push({
        visitor: known ? `v-${customer + 1}` : `v-day${day}-${left}`,
        email: loggedIn ? (clientele.customers[customer]?.email ?? "") : "",
        steps: lookAround(random, plan, dayVariants, leaf, clientele.tastes[customer] as Float64Array),
      })
    }
    yield* asEvents(plan, day, visits)
  }
}

function asEvents({ midnight, priceOn, currency }: BrowsePlan, day: number, visits: { visitor: string; email: string; steps: Step[] }[]): SimulatedEvent[] {
  const events: { second: number; event: SimulatedEvent }[] = []
  const start = midnight(day)
  for (const [visit, { visitor, email, steps }] of visits.entries()) {
    const session = `s-${day + 1}-${visit + 1}`
    for (const [index, { name, second, variant, quantity, searchTerm }] of steps.entries()) {
      const event: SimulatedEvent = {
        event_id: `e-${day + 1}-${visit + 1}-${index + 1}`,
        name,
        timestamp: new Date(start + Math.min(second, 86_399) * 1000).toISOString(),
        visitor_id: visitor,
        session_id: session,
        email,
        sku: variant?.sku ?? "",
        product_handle: variant?.product.handle ?? "",
        quantity: variant ? (quantity ?? 1) : "",
        unit_price: variant ? priceOn(variant, day) : "",
        currency: variant ? currency : "",
        search_term: searchTerm ?? "",
      }
      events.push({ second, event })
    }
  }
  return events.sort((a, b) => a.second - b.second).map(({ event }) => event)
}

/** What somebody did who then ordered: looked at each thing and at some others like it, filled the cart, checked out. */
function orderVisit(random: Random, { catalogue }: BrowsePlan, order: OrderRecord): Step[] {
  const steps: Omit<Step, "second">[] = []
  for (const { variant: index, quantity } of order.lines) {
    const variant = catalogue.variants[index] as CatalogueVariant
    if (random.chance(0.25)) steps.push({ name: "search", searchTerm: wordsFor(variant) })
    if (random.chance(0.45)) {
      const alike = catalogue.variants.filter(({ leaf, launch, product }) => leaf === variant.leaf && launch <= order.day && product !== variant.product)
      if (alike.length > 0) steps.push({ name: "view_item", variant: random.pick(alike) })
    }
    steps.push({ name: "view_item", variant }, { name: "add_to_cart", variant, quantity })
  }
  if (random.chance(0.3)) steps.push({ name: "view_cart" })
  steps.push({ name: "begin_checkout" })
  // Back from the order, at most 90 s a step; orders start at 06:00, so the visit begins on the same day.
  let second = order.second - 30
  return steps
    .reverse()
    .map((step) => ({ ...step, second: (second -= random.whole(8, 90)) }))
    .reverse()
}

/** Variants for sale, by category, with their pull on a day. */
function variantsByLeaf({ catalogue, demand }: BrowsePlan, day: number): { variants: CatalogueVariant[]; pulls: number[]; sum: number }[] {
  const all = demand.days + demand.futureDays
  return catalogue.leaves.map((_, leaf) => {
    const variants = catalogue.variants.filter((variant) => variant.leaf === leaf && variant.launch <= day)
    const pulls = variants.map(({ index }) => demand.units[index * all + day] as number)
    return { variants, pulls, sum: pulls.reduce((sum, pull) => sum + pull, 0) }
  })
}

/** A visit without an order: from thing to thing of one category, of the same group, or of the visitor's taste. */
function lookAround(random: Random, { catalogue }: BrowsePlan, byLeaf: ReturnType<typeof variantsByLeaf>, start: number, taste: Float64Array): Step[] {
  const reachable = taste.map((liking, leaf) => ((byLeaf[leaf]?.sum ?? 0) > 0 ? liking : 0))
  const steps: Step[] = []
  let second = Math.min(drawSecond(random), 82_800)
  let leaf = start
  let last: CatalogueVariant | undefined
  for (let views = random.geometric(VIEWS_PER_VISIT); views > 0; views -= 1) {
    const mates: number[] = (last && catalogue.groups.find((group) => group.includes((last as CatalogueVariant).index))) || []
    if (last && random.chance(0.3)) leaf = random.weighted(reachable)
    const { variants, pulls } = byLeaf[leaf] as (typeof byLeaf)[number]
    const mate = mates.length > 0 && random.chance(0.35) ? catalogue.variants[random.pick(mates)] : undefined
    const variant: CatalogueVariant = mate ?? (variants[random.weighted(pulls)] as CatalogueVariant)
    if (random.chance(steps.length === 0 ? 0.3 : 0.05)) steps.push({ name: "search", second, searchTerm: wordsFor(variant) })
    second += random.whole(8, 120)
    steps.push({ name: "view_item", second, variant })
    if (random.chance(0.12)) {
      steps.push({ name: "add_to_cart", second: (second += random.whole(3, 20)), variant, quantity: 1 })
      if (random.chance(0.3)) steps.push({ name: "remove_from_cart", second: (second += random.whole(10, 60)), variant, quantity: 1 })
    }
    last = variant
  }
  return steps
}

/** What people type to find a product: its title without the maker. */
const wordsFor = ({ product }: CatalogueVariant) => product.title.split(" ").slice(1).join(" ").toLowerCase()
