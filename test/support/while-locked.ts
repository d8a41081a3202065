import type { Client } from "pg"
import { eventually } from "./eventually"

/** Postgres: two waited for each other; the lock did not come in time. */
const TRY_AGAIN = ["40P01", "55P03"]

/** Does `work` while nobody else gets at these tables. Where the worker takes them in another order at that moment, Postgres refuses one of the two: then once more. */
export async function whileLocked<Result>(database: Client, tables: readonly string[], work: () => Promise<Result>): Promise<Result> {
  await eventually(async () => {
    await database.query("BEGIN")
    try {
      await database.query("SET LOCAL lock_timeout = '10s'")
      await database.query(`LOCK TABLE ${tables.join(", ")} IN ACCESS EXCLUSIVE MODE`)
      return true
    } catch (error) {
      await database.query("ROLLBACK")
      if (!TRY_AGAIN.includes((error as { code?: string }).code ?? "")) throw error
      return false
    }
  })
  try {
    return await work()
  } finally {
    await database.query("ROLLBACK")
  }
}
