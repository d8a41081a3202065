import type { MigrationInterface, QueryRunner } from "typeorm"

/** All categories of a series' product: a promotion may be for any of them. The one that was known is there at once, the next forecast run fills the others. */
export class AllCategories1763857000000 implements MigrationInterface {
  name = "AllCategories1763857000000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.demand_series ADD COLUMN category_ids text[] NOT NULL DEFAULT '{}'")
    await runner.query("UPDATE foresight.demand_series SET category_ids = ARRAY[category_id] WHERE category_id IS NOT NULL")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.demand_series DROP COLUMN category_ids")
  }
}
