import { addDays, dayNumber, type Day } from "../../src/domain/day"
import type { Season } from "./assortment"
import type { Catalogue, CatalogueVariant } from "./catalogue"
import type { Random } from "./random"
import type { ShopTruth } from "./types"

/** Factor of each weekday, Monday first; mean 1. */
export const WEEKDAY = [0.86, 0.84, 0.9, 0.95, 1.1, 1.25, 1.1]
/** Chance that a group's member is in a basket that the group starts. */
export const MEMBER_CHANCE = 0.85
/** Share of the weakest member's demand that comes from such baskets. */
const GROUP_SHARE = 0.6
/** Mean number of things (single lines or group baskets) an order. */
export const THINGS_PER_ORDER = 1.8
/** Share of orders that stock-outs lose whole, roughly (of units it is about a twentieth); orders are planned around it. */
const LOST_SHARE = 0.01

/** What customers want, before stock decides what they get. */
export interface DemandModel {
  days: number
  futureDays: number
  /** Share of each variant's demand that goes to each location, shape `[variants × locations]`. */
  locationShare: Float64Array
  /** Units a day at all locations, shape `[variants × (days + futureDays)]`. */
  units: Float64Array
  /** Group baskets a day, shape `[groups × (days + futureDays)]`; part of `units`. */
  groupBaskets: Float64Array
  /** Discount in force, shape `[variants × (days + futureDays)]`. */
  discount: Float64Array
  promotions: ShopTruth["promotions"]
}

/** Factor of the yearly season on a day; about 1 on average over a year. */
export function seasonFactor(season: Season, day: Day): number {
  const dayOfYear = dayNumber(day) - dayNumber(`${day.slice(0, 4)}-01-01`)
  const wave = (peak: number) => Math.cos((2 * Math.PI * (dayOfYear - peak)) / 365.25)
  const bump = (peak: number, width: number) => Math.exp(-0.5 * ((dayOfYear - peak) / width) ** 2)
  if (season === "summer") return 1 + 0.6 * wave(165)
  if (season === "winter") return 1 + 0.35 * wave(15)
  // Mean of the bump over a year: 18 · √(2π) / 365 ≈ 0.12, of which the year's end cuts a little off.
  if (season === "gift") return 0.82 + 1.5 * bump(342, 18)
  return 1 + 0.06 * wave(300)
}

/** Draws promotions and works out expected demand so that about `orders` orders come of it. */
export function createDemandModel(
  random: Random,
  catalogue: Catalogue,
  plan: { days: number; futureDays: number; asOf: Day; orders: number; locations: number }
): DemandModel {
  const { days, futureDays, asOf } = plan
  const { variants, groups, leaves } = catalogue
  const all = days + futureDays
  const firstDay = addDays(asOf, 1 - days)
  const calendar = Array.from({ length: all }, (_, day) => addDays(firstDay, day))
  const weekday = calendar.map((day) => WEEKDAY[(dayNumber(day) + 3) % 7] as number)
  const factorsOf = (season: Season) => calendar.map((day) => seasonFactor(season, day))
  const seasons = { summer: factorsOf("summer"), winter: factorsOf("winter"), gift: factorsOf("gift"), flat: factorsOf("flat") }

  const units = new Float64Array(variants.length * all)
  const discount = new Float64Array(variants.length * all)
  const promotions: DemandModel["promotions"] = []
  for (const variant of variants) {
    const elasticity = random.between(2, 4)
    for (const { from, to, off } of drawPromotions(random, variant, days)) {
      const uplift = (1 - off) ** -elasticity
      promotions.push({ sku: variant.sku, from, to, discount: off, uplift })
      for (let day = from; day <= to; day += 1) {
        discount[variant.index * all + day] = off
        units[variant.index * all + day] = uplift
      }
    }
    const level = levelOf(random, variant)
    const growthPerYear = random.between(-0.2, 0.45)
    const season = seasons[(leaves[variant.leaf] as { season: Season }).season]
    for (let day = variant.launch; day < all; day += 1) {
      const at = variant.index * all + day
      const trend = (1 + growthPerYear) ** ((day - days) / 365)
      const ramp = variant.launch > 0 ? 1 - Math.exp(-(day - variant.launch + 1) / 7) : 1
      units[at] = (units[at] || 1) * level * trend * ramp * (weekday[day] as number) * (season[day] as number)
    }
  }

  const groupBaskets = new Float64Array(groups.length * all)
  let things = 0
  for (const [index, group] of groups.entries()) {
    for (let day = 0; day < all; day += 1) {
      const weakest = Math.min(...group.map((member) => (units[member * all + day] as number) / (variants[member] as CatalogueVariant).lineSize))
      const baskets = (GROUP_SHARE * weakest) / MEMBER_CHANCE
      groupBaskets[index * all + day] = baskets
      if (day < days) things += baskets * (1 - MEMBER_CHANCE * group.length)
    }
  }
  for (const { index, lineSize } of variants) for (let day = 0; day < days; day += 1) things += (units[index * all + day] as number) / lineSize
  const scale = (plan.orders * THINGS_PER_ORDER) / things / (1 - LOST_SHARE)
  for (let at = 0; at < units.length; at += 1) units[at] = (units[at] as number) * scale
  for (let at = 0; at < groupBaskets.length; at += 1) groupBaskets[at] = (groupBaskets[at] as number) * scale

  const locationShare = new Float64Array(variants.length * plan.locations)
  for (let variant = 0; variant < variants.length; variant += 1) {
    const weights = Array.from({ length: plan.locations }, (_, location) => (location === 0 ? 1.5 : 1))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    for (const [location, weight] of weights.entries()) locationShare[variant * plan.locations + location] = weight / sum
  }
  return { days, futureDays, locationShare, units, groupBaskets, discount, promotions }
}

/** Relative level of a variant: few sell much, most little (log-normal); slow movers a tenth. */
function levelOf(random: Random, { style, kit }: CatalogueVariant): number {
  const drawn = Math.exp(0.8 * random.normal())
  if (kit.length > 0) return 0.4 * Math.min(drawn, 2)
  if (style === "slow") return 0.1 * Math.min(drawn, 2)
  if (style === "lumpy") return 0.45 * Math.min(drawn, 2)
  return style === "newcomer" ? 1.2 * Math.min(Math.max(drawn, 0.5), 2.5) : drawn
}

/** About two price drops a year of one or two weeks, never in a variant's first month. */
function drawPromotions(random: Random, { launch }: CatalogueVariant, days: number): { from: number; to: number; off: number }[] {
  const drops: { from: number; to: number; off: number }[] = []
  for (let from = launch + random.whole(28, 240); from < days; from += random.whole(120, 260)) {
    drops.push({ from, to: Math.min(from + random.whole(6, 13), days - 1), off: random.pick([0.15, 0.2, 0.25, 0.3, 0.35]) })
  }
  return drops
}
