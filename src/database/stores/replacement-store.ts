import type { DataSource } from "typeorm"
import { checkReplacement, type Replacement } from "../../domain/demand/replacements"
import { ForesightError } from "../../domain/errors"
import { columnList, upsertRows } from "../bulk"
import { VariantReplacementEntity } from "../entities/variant-replacement.entity"
import { countChanged, holdLock, rows, transaction, type Executor } from "../query"

/** A variant that took another's place, and who said so. */
export interface VariantReplacement extends Replacement {
  id: string
  /** Id of the user. */
  createdBy: string
  createdAt: Date
  endedBy: string | null
  endedAt: Date | null
}
export type NewVariantReplacement = Omit<VariantReplacement, "endedBy" | "endedAt">

export interface ReplacementStore {
  /** Adds one where it fits those that hold. @throws ForesightError as `checkReplacement` does. */
  add(replacement: NewVariantReplacement): Promise<void>
  /** Ends one; one that has ended stays as it is. @throws ForesightError `not_found` */
  end(id: string, by: string, at: Date): Promise<VariantReplacement>
  /** Those that hold, oldest first. */
  active(): Promise<VariantReplacement[]>
  /** Whether anything of the variant is among the counted sales, whatever became of it in the shop. */
  wasSold(variantId: string): Promise<boolean>
  /** Newest first; of one variant, on either side, where named. */
  list(which: { isActive: boolean; variantId?: string | undefined; limit: number; offset: number }): Promise<{ replacements: VariantReplacement[]; count: number }>
}

const ACTIVE_ONES = "WHERE ended_at IS NULL ORDER BY variant_replacement.created_at, id"
const WHICH = "FROM foresight.variant_replacement WHERE (ended_at IS NULL) = $1 AND ($2::text IS NULL OR $2 IN (variant_id, replaced_variant_id))"

/** Makes the store of replacements of an opened data source. */
export function createReplacementStore(dataSource: DataSource): ReplacementStore {
  const columns = () => columnList(dataSource, VariantReplacementEntity)
  const active = (executor: Executor) => rows<VariantReplacement>(executor, `SELECT ${columns()} FROM foresight.variant_replacement ${ACTIVE_ONES}`)
  return {
    add: (replacement) =>
      transaction(dataSource, async (manager) => {
        await holdLock(manager, "replacements") // two that fit alone may close a circle together
        checkReplacement(await active(manager), replacement)
        await upsertRows<VariantReplacementEntity>(manager, dataSource, VariantReplacementEntity, [replacement])
      }),

    async end(id, by, at) {
      const statement = "UPDATE foresight.variant_replacement SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL"
      await countChanged(dataSource, statement, [id, by, at])
      const [replacement] = await rows<VariantReplacement>(dataSource, `SELECT ${columns()} FROM foresight.variant_replacement WHERE id = $1`, [id])
      if (!replacement) throw new ForesightError("not_found", `Replacement ${id} was not found`)
      return replacement
    },

    active: () => active(dataSource),

    async wasSold(variantId) {
      const statement = "SELECT EXISTS (SELECT FROM foresight.demand_day WHERE variant_id = $1) AS sold"
      const [found] = await rows<{ sold: boolean }>(dataSource, statement, [variantId])
      return found?.sold ?? false
    },

    async list({ isActive, variantId, limit, offset }) {
      const which = [isActive, variantId ?? null]
      const [replacements, [total]] = await Promise.all([
        rows<VariantReplacement>(dataSource, `SELECT ${columns()} ${WHICH} ORDER BY variant_replacement.created_at DESC, id LIMIT $3 OFFSET $4`, [
          ...which,
          limit,
          offset,
        ]),
        rows<{ count: number }>(dataSource, `SELECT count(*)::int AS count ${WHICH}`, which),
      ])
      return { replacements, count: total?.count ?? 0 }
    },
  }
}
