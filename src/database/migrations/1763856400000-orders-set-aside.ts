import type { MigrationInterface, QueryRunner } from "typeorm"

/** Orders that a walk over the shop could not read or store, until one can. */
export class OrdersSetAside1763856400000 implements MigrationInterface {
  name = "OrdersSetAside1763856400000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE foresight.order_set_aside (
      order_id text NOT NULL,
      error text NOT NULL,
      tried_at timestamptz NOT NULL,
      CONSTRAINT order_set_aside_pkey PRIMARY KEY (order_id)
    )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE foresight.order_set_aside")
  }
}
