import type { MigrationInterface, QueryRunner } from "typeorm"

/** Indices of `event` leave out the rows without the indexed person or order: most browse events have no customer and no order, most purchases no session. */
export class Ingest1763856000000 implements MigrationInterface {
  name = "Ingest1763856000000"

  async up(runner: QueryRunner): Promise<void> {
    for (const { name, columns, filled } of INDICES) await replace(runner, name, `${columns}) WHERE ${filled} IS NOT NULL`)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name, columns } of INDICES) await replace(runner, name, `${columns})`)
  }
}

const INDICES = [
  { name: "event_session", columns: "session_id, occurred_at", filled: "session_id" },
  { name: "event_customer", columns: "customer_id, occurred_at", filled: "customer_id" },
  { name: "event_visitor", columns: "visitor_id, occurred_at", filled: "visitor_id" },
  { name: "event_order", columns: "order_id", filled: "order_id" },
]

async function replace(runner: QueryRunner, name: string, definition: string): Promise<void> {
  await runner.query(`DROP INDEX foresight.${name}`)
  await runner.query(`CREATE INDEX ${name} ON foresight.event (${definition}`)
}
