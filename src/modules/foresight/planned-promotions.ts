import { promotedSpansOf } from "../../database/promoted-spans"
import type { Stores } from "../../database/stores"
import { addDays } from "../../domain/day"
import { promotedShares } from "../../domain/demand/promotion-column"
import { meanOf } from "./demand-list"
import type { PictureSeries } from "./demand-picture"

const DAYS_PER_WEEK = 7

/** Share of what a variant is expected to sell in the first weeks ahead that falls on days for which a promotion or a sale price is planned already, as the
 * forecast's panel counts them.
 * @param members Series of one variant, at least one. */
export async function plannedPromotionShare(
  stores: Pick<Stores, "promotions" | "prices">,
  members: readonly PictureSeries[],
  weeks: number,
  timeZone: string
): Promise<number> {
  const [member] = members
  if (!member) return 0
  const { variantId, firstDay, frequency } = member
  const spans = await promotedSpansOf(stores, [member], { from: firstDay, to: addDays(firstDay, DAYS_PER_WEEK * weeks - 1), timeZone })
  const { values } = promotedShares({ frequency, periods: [firstDay] }, weeks - 1, spans.get(variantId) ?? [])
  const means = meanOf(members, weeks)
  const total = means.reduce((sum, units) => sum + units, 0)
  return total > 0 ? means.reduce((sum, units, week) => sum + units * (values[week] ?? 0), 0) / total : 0
}
