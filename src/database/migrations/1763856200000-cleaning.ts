import type { MigrationInterface, QueryRunner } from "typeorm"

/** Who set a line aside or restored it, the cleaning settings, days whose lines are still to be judged, arrivals per day, and stock within the day. */
export class Cleaning1763856200000 implements MigrationInterface {
  name = "Cleaning1763856200000"

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE foresight.${table}`)
    await runner.query("DROP INDEX foresight.excluded_line_reason")
    await runner.query("ALTER TABLE foresight.excluded_line DROP COLUMN changed_by, DROP COLUMN changed_at")
  }
}

const TABLES = ["cleaning_setting", "unjudged_day", "event_count_day", "stock_change"]

const STATEMENTS = [
  "ALTER TABLE foresight.excluded_line ADD COLUMN changed_by text, ADD COLUMN changed_at timestamptz",
  "CREATE INDEX excluded_line_reason ON foresight.excluded_line (reason, day, event_id)",
  `CREATE TABLE foresight.cleaning_setting (
    name text NOT NULL,
    value jsonb NOT NULL,
    changed_by text,
    changed_at timestamptz NOT NULL,
    applied_at timestamptz,
    CONSTRAINT cleaning_setting_pkey PRIMARY KEY (name)
  )`,
  `CREATE TABLE foresight.unjudged_day (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    day date NOT NULL,
    CONSTRAINT unjudged_day_pkey PRIMARY KEY (id)
  )`,
  // what earlier versions stored was never judged
  "INSERT INTO foresight.unjudged_day (day) SELECT DISTINCT day FROM foresight.demand_day",
  `CREATE TABLE foresight.event_count_day (
    day date NOT NULL,
    source text NOT NULL,
    name text NOT NULL,
    events integer NOT NULL,
    last_at timestamptz,
    counted_at timestamptz NOT NULL,
    CONSTRAINT event_count_day_pkey PRIMARY KEY (day, source, name)
  )`,
  `CREATE TABLE foresight.stock_change (
    inventory_item_id text NOT NULL,
    location_id text NOT NULL,
    at timestamptz NOT NULL,
    available double precision NOT NULL,
    CONSTRAINT stock_change_pkey PRIMARY KEY (inventory_item_id, location_id, at)
  )`,
  "CREATE INDEX stock_change_at ON foresight.stock_change (at)",
]
