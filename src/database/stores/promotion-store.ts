import type { DataSource } from "typeorm"
import { bulkSource, columnList } from "../bulk"
import { PromotionPeriodEntity } from "../entities/promotion-period.entity"
import { countChanged, rows } from "../query"

/** A promotion with its period, as the shop plans it. */
export interface PromotionPeriod {
  promotionId: string
  code: string
  /** `draft`, `active` or `inactive`. */
  status: string
  isAutomatic: boolean
  campaignId: string | null
  campaignName: string | null
  startsAt: Date | null
  endsAt: Date | null
  /** `standard` or `buyget`. */
  type: string
  /** `fixed` or `percentage`. */
  valueType: string | null
  value: number | null
  currencyCode: string | null
  /** `items`, `order` or `shipping_methods`. */
  targetType: string | null
  /** Empty: everything. */
  targets: { attribute: string; operator: string; values: string[] }[]
}

/** Promotions: events of the future that are known today. */
export interface PromotionStore {
  /** Notes promotions as they are now. One that is active when first seen counts as active since `createdAt`, where that is known, one that becomes it since `at`;
   * one that is active no longer held until `at`. Of one that is made active again nobody knows later that it paused.
   * @returns rows that were new or differ. */
  note(promotions: readonly (PromotionPeriod & { createdAt?: Date })[], at: Date): Promise<number>
  /** Promotions that the shop had when last looked: the next ids behind `after`, in the order of the database. */
  currentIds(page: { after: string | null; limit: number }): Promise<string[]>
  /** Marks those that the shop has no more. @returns rows marked. */
  remove(promotionIds: readonly string[], at: Date): Promise<number>
  /** Those that are active, or were, and hold at some moment between the two, by start. */
  seenBetween(from: Date, to: Date): Promise<SeenPromotion[]>
}

/** A promotion that holds or held. */
export interface SeenPromotion extends PromotionPeriod {
  /** When it was made active: nobody could reckon with it before. */
  activeFrom: Date
  /** When it was withdrawn: deactivated, or deleted; `null` while it stands. Its planned end may lie before that. */
  withdrawnAt: Date | null
}

/** Makes the promotion store of an opened data source. */
export function createPromotionStore(dataSource: DataSource): PromotionStore {
  return {
    async note(promotions, at) {
      if (promotions.length === 0) return 0
      const distinct = [...new Map(promotions.map((one) => [one.promotionId, one])).values()]
      const { table, names, key, select, parameters } = bulkSource<PromotionPeriodEntity>(dataSource, PromotionPeriodEntity, distinct.map((one) => asRow(one, at)))
      const changing = names.filter((name) => !key.includes(name) && name !== "active_from" && name !== "active_until")
      const columns = (alias: string) => changing.map((name) => `${alias}.${name}`).join(", ")
      return countChanged(
        dataSource,
        `INSERT INTO ${table} AS kept (${names.join(", ")}) ${select} ON CONFLICT (promotion_id) DO UPDATE SET ${changing.map((name) => `${name} = excluded.${name}`).join(", ")},
          active_from = coalesce(kept.active_from, CASE WHEN excluded.status = 'active' THEN $${parameters.length + 1}::timestamptz END),
          active_until = CASE WHEN excluded.status = 'active' THEN NULL WHEN kept.status = 'active' THEN least(kept.removed_at, $${parameters.length + 1}::timestamptz) ELSE kept.active_until END
          WHERE (${columns("kept")}) IS DISTINCT FROM (${columns("excluded")})`,
        [...parameters, at]
      )
    },

    async currentIds({ after, limit }) {
      const found = await rows<{ id: string }>(
        dataSource,
        "SELECT promotion_id AS id FROM foresight.promotion_period WHERE removed_at IS NULL AND ($1::text IS NULL OR promotion_id > $1) ORDER BY 1 LIMIT $2",
        [after, limit]
      )
      return found.map(({ id }) => id)
    },

    remove: (promotionIds, at) =>
      countChanged(dataSource, "UPDATE foresight.promotion_period SET removed_at = $2 WHERE promotion_id = ANY($1::text[]) AND removed_at IS NULL", [promotionIds, at]),

    seenBetween: (from, to) =>
      rows<SeenPromotion>(
        dataSource,
        `SELECT ${columnList(dataSource, PromotionPeriodEntity, { without: ["activeUntil", "removedAt"] })}, least(active_until, removed_at) AS "withdrawnAt" FROM foresight.promotion_period
          WHERE active_from IS NOT NULL AND (least(active_until, removed_at) IS NULL OR least(active_until, removed_at) >= $1)
            AND coalesce(starts_at, active_from) <= $2 AND (ends_at IS NULL OR ends_at >= $1) ORDER BY coalesce(starts_at, active_from), promotion_id`,
        [from, to]
      ),
  }
}

function asRow({ createdAt, ...one }: PromotionPeriod & { createdAt?: Date }, at: Date) {
  const activeFrom = createdAt && createdAt < at ? createdAt : at
  return { ...one, activeFrom: one.status === "active" ? activeFrom : null, activeUntil: null, removedAt: null }
}
