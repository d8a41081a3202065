import { randomUUID } from "node:crypto"
import type { Stores } from "../../database/stores"
import type { DemandOverride, PastOverride } from "../../database/stores/demand-override-store"
import { addDays, dayInZone, daysBetween } from "../../domain/day"
import type { Day } from "../../domain/day"
import { ForesightError } from "../../domain/errors"
import type { ShopQuery } from "../../shop/shop-query"
import type { AdviceDesk } from "./advice-desk"

/** What is asked for by hand. */
export interface OverrideWish {
  variantId: string
  locationId: string
  fromDay: Day
  toDay: Day
  unitsPerWeek: number | null
  factor: number | null
  note: string | null
}

const DAYS_PER_WEEK = 7
/** Overrides of one variant at one location that hold at once. */
const MOST_ACTIVE = 20

/** Forecasts set by hand: kept with who set them, followed by advice, compared later with what happened. */
export class DemandOverrides {
  constructor(
    private readonly stores: Pick<Stores, "demandOverrides" | "forecasts">,
    private readonly adviceDesk: Pick<AdviceDesk, "forecastChanged">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** Those that still say something, oldest first. */
  active(variantIds?: readonly string[]): Promise<DemandOverride[]> {
    return this.stores.demandOverrides.active(this.today(), variantIds)
  }

  /** Those that do not any more, each with what was sold. */
  past(defaultLocationId: string | null, page: { limit: number; offset: number }): Promise<{ overrides: PastOverride[]; count: number }> {
    return this.stores.demandOverrides.past(this.today(), defaultLocationId, page)
  }

  /** Sets a forecast by hand; advice of the items follows at once.
   * @throws ForesightError `not_found` where nothing is forecast, `invalid_settings` for days that are over, `conflict` for too many at once. */
  async add(query: ShopQuery, wish: OverrideWish, by: string): Promise<DemandOverride> {
    const today = this.today()
    if (wish.toDay < today) throw new ForesightError("invalid_settings", `to_day is ${wish.toDay}; expected ${today} or later`)
    const [stored, active] = await Promise.all([this.stores.forecasts.ofVariants([wish.variantId]), this.stores.demandOverrides.active(today, [wish.variantId])])
    const forecast = stored.find(({ locationId }) => locationId === wish.locationId)
    if (!forecast) throw new ForesightError("not_found", `There is no forecast of variant ${wish.variantId} at location ${wish.locationId}`)
    const own = active.filter(({ locationId }) => locationId === wish.locationId)
    if (own.length >= MOST_ACTIVE) throw new ForesightError("conflict", `${own.length} overrides hold already; expected fewer than ${MOST_ACTIVE}. End one first`)
    const forecastUnits = unitsOf(forecast, wish)
    const days = daysBetween(wish.fromDay, wish.toDay) + 1
    const override: DemandOverride = {
      ...wish,
      id: randomUUID(),
      forecastUnits,
      overrideUnits: wish.unitsPerWeek !== null ? (wish.unitsPerWeek * days) / DAYS_PER_WEEK : (wish.factor ?? 1) * forecastUnits,
      createdBy: by,
      createdAt: this.now(),
      endedBy: null,
      endedAt: null,
      endedOn: null,
    }
    await this.stores.demandOverrides.add(override)
    await this.adviceDesk.forecastChanged(query, wish.variantId, wish.locationId)
    return override
  }

  /** Ends one; what it said of the days before stays to be compared. @throws ForesightError `not_found` */
  async end(query: ShopQuery, id: string, by: string): Promise<DemandOverride> {
    const override = await this.stores.demandOverrides.end(id, by, this.now(), this.today())
    await this.adviceDesk.forecastChanged(query, override.variantId, override.locationId)
    return override
  }

  private today(): Day {
    return dayInZone(this.now(), this.timeZone)
  }
}

/** Expected units on the days of an override that the forecast speaks of, a seventh of a week each day; days before the forecast count like its first. */
function unitsOf(forecast: { firstDay: Day; mean: readonly number[] }, { fromDay, toDay }: Pick<OverrideWish, "fromDay" | "toDay">): number {
  let units = 0
  for (let day = fromDay; day <= toDay; day = addDays(day, 1)) {
    const week = Math.floor(Math.max(0, daysBetween(forecast.firstDay, day)) / DAYS_PER_WEEK)
    units += (forecast.mean[Math.min(week, forecast.mean.length - 1)] ?? 0) / DAYS_PER_WEEK
  }
  return units
}

/** Who was nearer to what was sold, of the part of its days on which it held; of one that never held, what was said of all its days. */
export function compared({ forecastUnits, overrideUnits, soldUnits, daysHeld, daysSet }: PastOverride): {
  forecastUnits: number
  overrideUnits: number
  nearer: "forecast" | "override" | "equal" | "never"
} {
  if (daysHeld === 0) return { forecastUnits, overrideUnits, nearer: "never" }
  const share = daysHeld / daysSet
  const [forecast, override] = [share * forecastUnits, share * overrideUnits]
  const difference = Math.abs(forecast - soldUnits) - Math.abs(override - soldUnits)
  return { forecastUnits: forecast, overrideUnits: override, nearer: Math.abs(difference) < 1e-9 ? "equal" : difference > 0 ? "override" : "forecast" }
}
