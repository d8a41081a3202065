import type { MigrationInterface, QueryRunner } from "typeorm"

/** Since when a promotion is active, in place of since when it is known: one without dates begins then, and nobody reckons with a draft. */
export class PromotionsActiveFrom1763857400000 implements MigrationInterface {
  name = "PromotionsActiveFrom1763857400000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.promotion_period RENAME COLUMN first_seen_at TO active_from")
    await runner.query("ALTER TABLE foresight.promotion_period ALTER COLUMN active_from DROP NOT NULL")
    await runner.query("UPDATE foresight.promotion_period SET active_from = NULL WHERE status <> 'active' AND active_until IS NULL")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE foresight.promotion_period SET active_from = now() WHERE active_from IS NULL")
    await runner.query("ALTER TABLE foresight.promotion_period ALTER COLUMN active_from SET NOT NULL")
    await runner.query("ALTER TABLE foresight.promotion_period RENAME COLUMN active_from TO first_seen_at")
  }
}
