import type { MigrationInterface, QueryRunner } from "typeorm"

/** Why each forecast differs from what the item sells in the long run, kept with it; `null` for forecasts of before. */
export class ForecastReasons1763856600000 implements MigrationInterface {
  name = "ForecastReasons1763856600000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.forecast ADD COLUMN reasons jsonb")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.forecast DROP COLUMN reasons")
  }
}
