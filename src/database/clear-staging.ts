import type { DataSource } from "typeorm"
import { countChanged, errorCode, rows, transaction } from "./query"

/** Longest wait for the lock that emptying the table takes, ms: another import that is being staged holds it for long. */
const LOCK_MS = 100
/** Postgres: the lock was not had in time; two waited for each other. */
const LOCKED = ["55P03", "40P01"]

/** Removes the staged lines and names of these imports; at once where the table holds no others. @returns lines removed. */
export async function clearStaging(dataSource: DataSource, importIds: readonly string[]): Promise<number> {
  if (importIds.length === 0) return 0
  await rows(dataSource, "DELETE FROM foresight.import_name WHERE import_id = ANY($1::uuid[])", [importIds])
  return (await emptied(dataSource, importIds)) ?? countChanged(dataSource, "DELETE FROM foresight.import_staging WHERE import_id = ANY($1::uuid[])", [importIds])
}

/** @returns `null` where other imports have lines in the table, or are writing some. */
async function emptied(dataSource: DataSource, importIds: readonly string[]): Promise<number | null> {
  try {
    return await transaction(dataSource, async (manager) => {
      await rows(manager, `SET LOCAL lock_timeout = ${LOCK_MS}`)
      await rows(manager, "LOCK TABLE foresight.import_staging IN ACCESS EXCLUSIVE MODE")
      const [found] = await rows<{ ours: number; others: boolean }>(
        manager,
        "SELECT count(*)::int AS ours, coalesce(bool_or(import_id <> ALL ($1::uuid[])), false) AS others FROM foresight.import_staging",
        [importIds]
      )
      if (found?.others) return null
      await rows(manager, "TRUNCATE foresight.import_staging")
      return found?.ours ?? 0
    })
  } catch (error) {
    if (LOCKED.includes(errorCode(error))) return null
    throw error
  }
}
