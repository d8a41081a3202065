import type { MigrationInterface, QueryRunner } from "typeorm"

/** What the page "Demand" stands on: each series as the last forecast run saw it, forecasts made in the past, and forecasts set by hand. */
export class DemandWindows1763856500000 implements MigrationInterface {
  name = "DemandWindows1763856500000"

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.advice DROP COLUMN overridden_by")
    await runner.query("ALTER TABLE foresight.protection_forecast DROP COLUMN overridden_by")
    await runner.query("DROP INDEX foresight.stock_day_short")
    for (const table of ["demand_override", "forecast_history", "demand_series"]) await runner.query(`DROP TABLE foresight.${table}`)
  }
}

const STATEMENTS = [
  `CREATE TABLE foresight.demand_series (
    variant_id text NOT NULL,
    location_id text NOT NULL,
    product_id text NOT NULL,
    category_id text,
    sku text,
    variant_title text NOT NULL,
    product_title text NOT NULL,
    thumbnail text,
    inventory_item_ids text[] NOT NULL,
    demand_class text NOT NULL,
    first_week date NOT NULL,
    demand double precision[] NOT NULL,
    computed_at timestamptz NOT NULL,
    CONSTRAINT demand_series_pkey PRIMARY KEY (variant_id, location_id)
  )`,
  "CREATE INDEX demand_series_product ON foresight.demand_series (product_id)",
  `CREATE TABLE foresight.forecast_history (
    variant_id text NOT NULL,
    location_id text NOT NULL,
    first_day date NOT NULL,
    mean double precision[] NOT NULL,
    quantiles double precision[] NOT NULL,
    model_version_id uuid,
    computed_at timestamptz NOT NULL,
    CONSTRAINT forecast_history_pkey PRIMARY KEY (first_day, variant_id, location_id)
  )`,
  `CREATE TABLE foresight.demand_override (
    id uuid NOT NULL,
    variant_id text NOT NULL,
    location_id text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    units_per_week double precision,
    factor double precision,
    note text,
    forecast_units double precision NOT NULL,
    override_units double precision NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    ended_by text,
    ended_at timestamptz,
    ended_on date,
    CONSTRAINT demand_override_pkey PRIMARY KEY (id)
  )`,
  "CREATE INDEX demand_override_variant ON foresight.demand_override (variant_id, to_day)",
  // days on which something was missing are few among those on which nothing was
  "CREATE INDEX stock_day_short ON foresight.stock_day (day) WHERE in_stock_fraction < 1",
  "ALTER TABLE foresight.protection_forecast ADD COLUMN overridden_by text[] NOT NULL DEFAULT '{}'",
  "ALTER TABLE foresight.advice ADD COLUMN overridden_by text[] NOT NULL DEFAULT '{}'",
]
