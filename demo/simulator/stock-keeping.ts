import type { Catalogue, CatalogueVariant } from "./catalogue"
import type { DemandModel } from "./demand-model"
import type { Random } from "./random"
import type { SimulatedStock } from "./types"

/** Weight of today in the buyer's idea of daily sales: about a month's memory. */
const MEMORY = 1 / 28

interface Shelf {
  variant: CatalogueVariant
  location: number
  onHand: number
  arrivals: { day: number; quantity: number }[]
  soldToday: number
  salesADay: number
  /** Days of sales that make the buyer order, and that an order is for. */
  orderBelowDays: number
  orderDays: number
  /** The buyer forgets this shelf from this day on; a few do before the end, so that some are urgently low. */
  forgottenFrom: number
}

/** Stock of every variant that is not a kit, at every location, kept by a buyer with a simple rule. */
export class StockKeeping {
  private readonly shelves: Shelf[] = []
  private day = -1

  constructor(
    private readonly random: Random,
    private readonly catalogue: Catalogue,
    private readonly demand: DemandModel,
    private readonly locations: readonly string[]
  ) {
    const all = demand.days + demand.futureDays
    for (const variant of catalogue.variants) {
      for (let location = 0; location < locations.length; location += 1) {
        const share = demand.locationShare[variant.index * locations.length + location] as number
        const salesADay = this.consumption(variant.index, variant.launch, all) * share
        this.shelves.push({
          variant,
          location,
          onHand: 0,
          arrivals: [{ day: variant.launch, quantity: packs(salesADay * (variant.leadTimeDays + random.between(10, 40)) + 1, variant.packSize) }],
          soldToday: 0,
          salesADay,
          orderBelowDays: (variant.leadTimeDays + 7) * Math.exp(0.3 * random.normal()) * 1.25,
          orderDays: random.between(14, 50),
          forgottenFrom: random.chance(0.08) ? demand.days - random.whole(10, 30) : Infinity,
        })
      }
    }
  }

  /** Units a day of a variant in its first month, kits that contain it included. */
  private consumption(variant: number, launch: number, all: number): number {
    const end = Math.min(launch + 28, all)
    const mean = (index: number) => {
      let sum = 0
      for (let day = launch; day < end; day += 1) sum += this.demand.units[index * all + day] as number
      return sum / (end - launch)
    }
    let total = mean(variant)
    for (const kit of this.catalogue.variants) for (const part of kit.kit) if (part.variant === variant) total += part.quantity * mean(kit.index)
    return total
  }

  private shelf(variant: number, location: number): Shelf {
    return this.shelves[variant * this.locations.length + location] as Shelf
  }

  /** Puts what arrives this morning on the shelves. */
  openDay(day: number): void {
    this.day = day
    for (const shelf of this.shelves) {
      shelf.soldToday = 0
      for (const { quantity } of shelf.arrivals.filter((arrival) => arrival.day <= day)) shelf.onHand += quantity
      shelf.arrivals = shelf.arrivals.filter((arrival) => arrival.day > day)
    }
  }

  /** Units that can be sold now; of a kit as many as its scarcest component makes. */
  sellable(variant: CatalogueVariant, location: number): number {
    return Math.min(...partsOf(variant).map((part) => Math.floor(this.shelf(part.variant, location).onHand / part.quantity)))
  }

  /** Takes up to `wanted` units; a kit takes its components. @returns The units sold. */
  sell(variant: CatalogueVariant, location: number, wanted: number): number {
    const parts = partsOf(variant)
    const sold = Math.min(wanted, this.sellable(variant, location))
    for (const part of parts) {
      const shelf = this.shelf(part.variant, location)
      shelf.onHand -= sold * part.quantity
      shelf.soldToday += sold * part.quantity
    }
    return sold
  }

  /** Learns from the day and, once in three days, orders what is low. */
  closeDay(): void {
    for (const shelf of this.shelves) {
      const { variant } = shelf
      if (variant.kit.length > 0 || this.day < variant.launch) continue
      // With an empty shelf the buyer sees no demand, but does not take that for a lack of it.
      if (shelf.onHand > 0 || shelf.soldToday > 0) shelf.salesADay += MEMORY * (shelf.soldToday - shelf.salesADay)
      if ((this.day + variant.index) % 3 !== 0 || this.day >= shelf.forgottenFrom) continue
      const incoming = shelf.arrivals.reduce((sum, { quantity }) => sum + quantity, 0)
      if (shelf.onHand + incoming > shelf.salesADay * shelf.orderBelowDays) continue
      const target = shelf.salesADay * (shelf.orderBelowDays + shelf.orderDays) + 1
      const late = this.random.chance(0.12) ? this.random.whole(3, 14) : 0
      shelf.arrivals.push({ day: this.day + variant.leadTimeDays + late, quantity: packs(target - shelf.onHand - incoming, variant.packSize) })
    }
  }

  /** What is there after the last day. */
  count(): SimulatedStock[] {
    return this.shelves
      .filter(({ variant }) => variant.kit.length === 0)
      .map(({ variant, location, onHand, arrivals }) => ({
        sku: variant.sku,
        location: this.locations[location] as string,
        onHand,
        incoming: arrivals.reduce((sum, { quantity }) => sum + quantity, 0),
      }))
  }
}

const partsOf = ({ kit, index }: CatalogueVariant) => (kit.length > 0 ? kit : [{ variant: index, quantity: 1 }])

const packs = (quantity: number, packSize: number) => Math.max(1, Math.ceil(quantity / packSize)) * packSize
