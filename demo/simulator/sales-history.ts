import type { Catalogue, CatalogueVariant } from "./catalogue"
import type { Clientele } from "./clientele"
import { MEMBER_CHANCE, THINGS_PER_ORDER, type DemandModel } from "./demand-model"
import type { Random } from "./random"
import type { StockKeeping } from "./stock-keeping"

/** Share of orders that are followed by a second, canceled one of the same things (the customer pressed twice). */
const CANCELED_SHARE = 0.015
/** Share of the second sales channel. */
const SECOND_CHANNEL_SHARE = 0.2
/** Evenness of a variant's days beyond chance: gamma shape, coefficient of variation 0.35. */
const DAY_SHAPE = 8
/** The same for the whole shop on one day: coefficient of variation 0.1. */
const SHOP_SHAPE = 100
/** Lines that a customer compares to fill the basket. */
const COMPARED = 5
/** Orders by hour of the day. */
const HOURS = [0, 0, 0, 0, 0, 0, 1, 2, 4, 5, 6, 6, 7, 6, 5, 5, 5, 6, 7, 9, 10, 9, 6, 2]

export interface OrderRecord {
  day: number
  /** Seconds since midnight. */
  second: number
  customer: number
  location: number
  channel: number
  canceled: boolean
  lines: { variant: number; quantity: number }[]
}

export interface SalesHistory {
  /** By time. */
  orders: OrderRecord[]
  /** Units asked for in vain, shape `[variants × locations × days]`. */
  lost: Float64Array
  /** Units that could be sold when the day began, the same shape. */
  atOpening: Float64Array
}

/** Moment of a day at which people order, seconds since midnight; from 06:00 on, so that the visit before fits in the day. */
export function drawSecond(random: Random): number {
  return random.weighted(HOURS) * 3600 + random.whole(0, 3599)
}

/** Plays the history day by day: demand becomes lines, lines become orders of people with tastes, and stock decides what is sold. */
export function playSales(
  random: Random,
  shop: { catalogue: Catalogue; demand: DemandModel; clientele: Clientele; stock: StockKeeping; locations: number; channels: number }
): SalesHistory {
  const { catalogue, demand, clientele, stock, locations, channels } = shop
  const { variants } = catalogue
  const cells = variants.length * locations * demand.days
  const history: SalesHistory = { orders: [], lost: new Float64Array(cells), atOpening: new Float64Array(cells) }
  for (let day = 0; day < demand.days; day += 1) {
    stock.openDay(day)
    for (const variant of variants) {
      for (let location = 0; location < locations; location += 1) history.atOpening[(variant.index * locations + location) * demand.days + day] = stock.sellable(variant, location)
    }
    const wishes: OrderRecord[] = []
    const shopFactor = random.gammaMeanOne(SHOP_SHAPE)
    for (let location = 0; location < locations; location += 1) {
      const things = random.shuffle(drawThings(random, catalogue, demand, day, location, locations, shopFactor))
      for (const basket of fillBaskets(random, things, catalogue, clientele, day)) {
        const channel = channels > 1 && random.chance(SECOND_CHANNEL_SHARE) ? 1 : 0
        wishes.push({ day, second: drawSecond(random), location, channel, canceled: false, ...basket })
      }
    }
    wishes.sort((a, b) => a.second - b.second)
    const today: OrderRecord[] = []
    for (const wish of wishes) {
      const lines = wish.lines
        .map(({ variant, quantity }) => {
          const sold = stock.sell(variants[variant] as CatalogueVariant, wish.location, quantity)
          const at = (variant * locations + wish.location) * demand.days + day
          history.lost[at] = (history.lost[at] as number) + quantity - sold
          return { variant, quantity: sold }
        })
        .filter(({ quantity }) => quantity > 0)
      if (lines.length === 0) continue
      for (const { variant } of lines) clientele.remember(variant, wish.customer, day)
      today.push({ ...wish, lines })
      if (random.chance(CANCELED_SHARE)) today.push({ ...wish, lines, canceled: true, second: Math.min(86_399, wish.second + random.whole(20, 600)) })
    }
    stock.closeDay()
    history.orders.push(...today.sort((a, b) => a.second - b.second))
  }
  return history
}

type Thing = { variant: number; quantity: number }[]

/** What is asked for at one location on one day: single lines, and baskets of things that belong together. */
function drawThings(
  random: Random,
  { variants, groups }: Catalogue,
  { units, groupBaskets, locationShare, days, futureDays }: DemandModel,
  day: number,
  location: number,
  locations: number,
  shopFactor: number
): Thing[] {
  const all = days + futureDays
  const things: Thing[] = []
  const line = (variant: CatalogueVariant) => ({ variant: variant.index, quantity: random.geometric(variant.lineSize) })
  const inGroups = new Map<number, number>()
  for (const [index, group] of groups.entries()) {
    const baskets = groupBaskets[index * all + day] as number
    for (const member of group) inGroups.set(member, baskets * MEMBER_CHANCE)
    const share = locationShare[(group[0] as number) * locations + location] as number
    for (let left = random.poisson(baskets * share * shopFactor); left > 0; left -= 1) {
      const members = group.filter(() => random.chance(MEMBER_CHANCE)).map((member) => variants[member] as CatalogueVariant)
      if (members.length > 0) things.push(members.map(line))
    }
  }
  for (const variant of variants) {
    const lines = (units[variant.index * all + day] as number) / variant.lineSize - (inGroups.get(variant.index) ?? 0)
    if (lines <= 0) continue
    const share = locationShare[variant.index * locations + location] as number
    for (let left = random.poisson(lines * share * shopFactor * random.gammaMeanOne(DAY_SHAPE)); left > 0; left -= 1) things.push([line(variant)])
  }
  return things
}

/** Gives every thing to a customer who likes it; who buys more than one takes what suits their taste best of a few others. */
function* fillBaskets(
  random: Random,
  things: Thing[],
  { variants, leaves }: Catalogue,
  clientele: Clientele,
  day: number
): Generator<{ customer: number; lines: Thing }> {
  const firstOf = (thing: Thing) => variants[(thing[0] as Thing[number]).variant] as CatalogueVariant
  while (things.length > 0) {
    const thing = things.pop() as Thing
    const { index, leaf } = firstOf(thing)
    const customer = clientele.drawBuyer(random, index, leaf, leaves[leaf]?.consumable ?? false, day)
    const taste = clientele.tastes[customer] as Float64Array
    const basket = [...thing]
    for (let more = random.geometric(THINGS_PER_ORDER) - 1; more > 0 && things.length > 0; more -= 1) {
      const compared = Array.from({ length: COMPARED }, () => random.whole(0, things.length - 1))
      const chosen = compared[random.weighted(compared.map((at) => taste[firstOf(things[at] as Thing).leaf] as number))] as number
      basket.push(...(things[chosen] as Thing))
      things[chosen] = things.at(-1) as Thing
      things.pop()
    }
    const quantities = new Map<number, number>()
    for (const { variant, quantity } of basket) quantities.set(variant, (quantities.get(variant) ?? 0) + quantity)
    yield { customer, lines: [...quantities].map(([variant, quantity]) => ({ variant, quantity })) }
  }
}
