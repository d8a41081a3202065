import type { MigrationInterface, QueryRunner } from "typeorm"

/** What variants that are new may be expected to sell, and from which others that is taken. */
export class Newcomers1763857200000 implements MigrationInterface {
  name = "Newcomers1763857200000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE foresight.newcomer (
      variant_id text NOT NULL,
      product_id text NOT NULL,
      sku text,
      title text NOT NULL,
      thumbnail text,
      inventory_item_ids text[] NOT NULL,
      known_weeks integer NOT NULL,
      mean double precision NOT NULL,
      "between" double precision NOT NULL,
      dispersion double precision NOT NULL,
      has_category boolean NOT NULL,
      of_category integer NOT NULL,
      of_price integer NOT NULL,
      of_title jsonb NOT NULL,
      computed_at timestamptz NOT NULL,
      CONSTRAINT newcomer_pkey PRIMARY KEY (variant_id)
    )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE foresight.newcomer")
  }
}
