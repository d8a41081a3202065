import type { MigrationInterface, QueryRunner } from "typeorm"

/** Tells forecasts that were made in time from those that a backtest made afterwards, without what had happened since. */
export class ReplayedForecasts1763856800000 implements MigrationInterface {
  name = "ReplayedForecasts1763856800000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.forecast_history ADD COLUMN is_replayed boolean NOT NULL DEFAULT false")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM foresight.forecast_history WHERE is_replayed")
    await runner.query("ALTER TABLE foresight.forecast_history DROP COLUMN is_replayed")
  }
}
