import { FIRST_NAMES, LAST_NAMES } from "./assortment"
import type { Catalogue } from "./catalogue"
import { createWeightedDraw, type Random } from "./random"
import type { SimulatedCustomer } from "./types"

/** Days until something used up is bought again, at least. */
const USED_UP_AFTER = 14
/** Chance that a consumable is bought by someone who had it before, where there is one. */
const REPEAT_CHANCE = 0.45

interface Member extends SimulatedCustomer {
  /** Days (indices) between which the person shops here. */
  from: number
  to: number
}

/** Customers with tastes and a memory of what they bought. */
export class Clientele {
  readonly customers: Member[] = []
  /** Taste of each customer over the leaf categories; rows sum to 1. */
  readonly tastes: Float64Array[] = []
  private readonly drawByLeaf: ((random: Random) => number)[] = []
  /** Buyers of each variant with the day of their last purchase, newest last. */
  private readonly buyers: { customer: number; day: number }[][]

  constructor(random: Random, catalogue: Catalogue, count: number, days: number) {
    const { leaves, categories, variants } = catalogue
    const departments = categories.filter(({ parent }) => parent === null).map(({ handle }) => handle)
    const departmentOf = leaves.map(({ handle }) => departments.indexOf(categories.find((category) => category.handle === handle)?.parent ?? ""))
    const activity: number[] = []
    for (let index = 0; index < count; index += 1) {
      const firstName = random.pick(FIRST_NAMES)
      const lastName = random.pick(LAST_NAMES)
      const from = random.chance(0.45) ? 0 : random.whole(0, Math.max(0, days - 8))
      const to = random.chance(0.5) ? days : from + Math.ceil(-Math.log(1 - random.unit()) * 300) + 30
      this.customers.push({ email: `${firstName}.${lastName}.${index + 1}@example.com`.toLowerCase(), firstName, lastName, from, to })
      activity.push(Math.exp(0.9 * random.normal()))
      this.tastes.push(drawTaste(random, departmentOf, departments.length))
    }
    for (let leaf = 0; leaf < leaves.length; leaf += 1) {
      this.drawByLeaf.push(createWeightedDraw(this.tastes.map((taste, customer) => (taste[leaf] as number) * (activity[customer] as number))))
    }
    this.buyers = variants.map(() => [])
  }

  /** Someone who would buy `variant` of category `leaf` on `day`. */
  drawBuyer(random: Random, variant: number, leaf: number, consumable: boolean, day: number): number {
    const before = this.buyers[variant] as { customer: number; day: number }[]
    if (consumable && before.length > 0 && random.chance(REPEAT_CHANCE)) {
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const { customer, day: last } = random.pick(before)
        if (day - last >= USED_UP_AFTER && day <= (this.customers[customer] as Member).to) return customer
      }
    }
    return this.drawVisitor(random, leaf, day)
  }

  /** Someone with a taste for category `leaf` who shops here on `day`. */
  drawVisitor(random: Random, leaf: number, day: number): number {
    let drawn = 0
    for (let attempt = 0; attempt < 30; attempt += 1) {
      drawn = (this.drawByLeaf[leaf] as (random: Random) => number)(random)
      const { from, to } = this.customers[drawn] as Member
      if (from <= day && day <= to) break
    }
    return drawn
  }

  remember(variant: number, customer: number, day: number): void {
    ;(this.buyers[variant] as { customer: number; day: number }[]).push({ customer, day })
  }
}

/** One to three departments that somebody cares for, and favourites among their categories; a little of everything else. */
function drawTaste(random: Random, departmentOf: readonly number[], departments: number): Float64Array {
  const liking = new Float64Array(departments).fill(0.04)
  for (let loved = random.whole(1, Math.min(3, departments)); loved > 0; loved -= 1) liking[random.whole(0, departments - 1)] = random.between(0.6, 1)
  const taste = Float64Array.from(departmentOf, (department) => (liking[department] as number) * Math.exp(1.1 * random.normal()))
  const sum = taste.reduce((total, value) => total + value, 0)
  return taste.map((value) => value / sum)
}
