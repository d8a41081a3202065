import type { MigrationInterface, QueryRunner } from "typeorm"

/** All categories of a series' product: a promotion may be for any of them. The next forecast run fills them. */
export class AllCategories1763857000000 implements MigrationInterface {
  name = "AllCategories1763857000000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.demand_series ADD COLUMN category_ids text[] NOT NULL DEFAULT '{}'")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.demand_series DROP COLUMN category_ids")
  }
}
