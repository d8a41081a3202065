import type { DataSource } from "typeorm"
import { rows } from "./query"

/** All rows of a query, page by page, out of one snapshot; memory holds one page. Leaving the loop early frees the connection too.
 * @param settings Of the planner or the executor, for this query alone. */
export async function* readAll<Row>(dataSource: DataSource, sql: string, parameters: readonly unknown[], pageSize = 5000, settings: readonly string[] = []): AsyncGenerator<Row[]> {
  const runner = dataSource.createQueryRunner()
  try {
    await rows(runner.manager, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    for (const setting of settings) await rows(runner.manager, `SET LOCAL ${setting}`)
    await rows(runner.manager, `DECLARE page NO SCROLL CURSOR FOR ${sql}`, parameters)
    for (;;) {
      const page = await rows<Row>(runner.manager, `FETCH ${pageSize} FROM page`)
      if (page.length > 0) yield page
      if (page.length < pageSize) return
    }
  } finally {
    try {
      await runner.query("ROLLBACK")
    } finally {
      await runner.release()
    }
  }
}
