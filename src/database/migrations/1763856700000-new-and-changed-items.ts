import type { MigrationInterface, QueryRunner } from "typeorm"

/** Which variant took another's place, and what each variant's sales said about its price and its promotions. */
export class NewAndChangedItems1763856700000 implements MigrationInterface {
  name = "NewAndChangedItems1763856700000"

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ["price_response", "variant_replacement"]) await runner.query(`DROP TABLE foresight.${table}`)
  }
}

const STATEMENTS = [
  `CREATE TABLE foresight.variant_replacement (
    id uuid NOT NULL,
    variant_id text NOT NULL,
    replaced_variant_id text NOT NULL,
    from_day date NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    ended_by text,
    ended_at timestamptz,
    CONSTRAINT variant_replacement_pkey PRIMARY KEY (id)
  )`,
  "CREATE UNIQUE INDEX variant_replacement_successor ON foresight.variant_replacement (variant_id) WHERE ended_at IS NULL",
  "CREATE UNIQUE INDEX variant_replacement_replaced ON foresight.variant_replacement (replaced_variant_id) WHERE ended_at IS NULL",
  `CREATE TABLE foresight.price_response (
    variant_id text NOT NULL,
    weeks integer NOT NULL,
    usual_price double precision,
    elasticity double precision,
    elasticity_sd double precision,
    price_weeks integer NOT NULL,
    lowest_price double precision,
    highest_price double precision,
    promotion_effect double precision,
    promotion_sd double precision,
    promotion_weeks integer NOT NULL,
    computed_at timestamptz NOT NULL,
    CONSTRAINT price_response_pkey PRIMARY KEY (variant_id)
  )`,
]
