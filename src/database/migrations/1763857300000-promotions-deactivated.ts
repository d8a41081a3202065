import type { MigrationInterface, QueryRunner } from "typeorm"

/** Until when a promotion was active that is no longer: what it did to the past stays known. */
export class PromotionsDeactivated1763857300000 implements MigrationInterface {
  name = "PromotionsDeactivated1763857300000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.promotion_period ADD COLUMN active_until timestamptz")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.promotion_period DROP COLUMN active_until")
  }
}
