import type { MigrationInterface, QueryRunner } from "typeorm"

/** What Medusa tells beside orders: regions on events, prices over time, promotions, who is who, rates between currencies, and what each walk over the shop did. */
export class ShopSignals1763856300000 implements MigrationInterface {
  name = "ShopSignals1763856300000"

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE foresight.${table}`)
    await runner.query("DROP INDEX foresight.event_cart")
    await runner.query("ALTER TABLE foresight.event DROP COLUMN region_id")
  }
}

const TABLES = ["price_change", "promotion_period", "identity", "currency_rate", "reconcile_report"]

const STATEMENTS = [
  "ALTER TABLE foresight.event ADD COLUMN region_id text",
  "CREATE INDEX event_cart ON foresight.event (cart_id) WHERE cart_id IS NOT NULL",
  `CREATE TABLE foresight.price_change (
    price_id text NOT NULL,
    recorded_at timestamptz NOT NULL,
    variant_id text NOT NULL,
    currency_code text NOT NULL,
    region_id text,
    price_list_id text,
    price_list_type text,
    min_quantity numeric,
    rules jsonb NOT NULL,
    amount numeric,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz,
    CONSTRAINT price_change_pkey PRIMARY KEY (price_id, recorded_at)
  )`,
  "CREATE INDEX price_change_variant ON foresight.price_change (variant_id, recorded_at)",
  `CREATE TABLE foresight.promotion_period (
    promotion_id text NOT NULL,
    code text NOT NULL,
    status text NOT NULL,
    is_automatic boolean NOT NULL,
    campaign_id text,
    campaign_name text,
    starts_at timestamptz,
    ends_at timestamptz,
    type text NOT NULL,
    value_type text,
    value numeric,
    currency_code text,
    target_type text,
    targets jsonb NOT NULL,
    first_seen_at timestamptz NOT NULL,
    removed_at timestamptz,
    CONSTRAINT promotion_period_pkey PRIMARY KEY (promotion_id)
  )`,
  `CREATE TABLE foresight.identity (
    kind text NOT NULL,
    id text NOT NULL,
    customer_id text NOT NULL,
    via text NOT NULL,
    linked_at timestamptz NOT NULL,
    CONSTRAINT identity_pkey PRIMARY KEY (kind, id)
  )`,
  "CREATE INDEX identity_customer ON foresight.identity (customer_id)",
  `CREATE TABLE foresight.currency_rate (
    day date NOT NULL,
    from_currency text NOT NULL,
    to_currency text NOT NULL,
    rate double precision NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT currency_rate_pkey PRIMARY KEY (day, from_currency, to_currency)
  )`,
  `CREATE TABLE foresight.reconcile_report (
    id uuid NOT NULL,
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    walked jsonb NOT NULL,
    healed jsonb NOT NULL,
    set_aside jsonb NOT NULL,
    CONSTRAINT reconcile_report_pkey PRIMARY KEY (id)
  )`,
  "CREATE INDEX reconcile_report_started_at ON foresight.reconcile_report (started_at)",
]
