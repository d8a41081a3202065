import type { MigrationInterface, QueryRunner } from "typeorm"

/** Imports that are read once: staged without a write-ahead log, names looked up once into a table, pages inserted side by side, refusals kept for download. */
export class Imports1763856100000 implements MigrationInterface {
  name = "Imports1763856100000"

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement)
  }
}

const UP = [
  // its lines can be read from the file again; after a crash of Postgres it is empty, which the import notices
  "ALTER TABLE foresight.import_staging SET UNLOGGED",
  "ALTER TABLE foresight.import_staging DROP COLUMN description, DROP COLUMN status",
  `ALTER TABLE foresight.import_report ADD COLUMN shift_weeks integer, ADD COLUMN found jsonb, ADD COLUMN last_line integer NOT NULL DEFAULT 0,
    ADD COLUMN done_pages integer[] NOT NULL DEFAULT '{}', ADD COLUMN names_resolved boolean NOT NULL DEFAULT false`,
  `UPDATE foresight.import_report SET shift_weeks = substring(format FROM ', (-?[0-9]+) weeks later$')::integer, format = regexp_replace(format, ', -?[0-9]+ weeks later$', '')`,
  `UPDATE foresight.import_report r SET last_line = coalesce((SELECT max(line) FROM foresight.import_staging s WHERE s.import_id = r.id), 0)
    WHERE status IN ('staging', 'inserting', 'failed')`,
  `CREATE TABLE foresight.import_name (
    import_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    id text,
    other_id text,
    CONSTRAINT import_name_pkey PRIMARY KEY (import_id, kind, name)
  )`,
  `CREATE TABLE foresight.import_refusal (
    import_id uuid NOT NULL,
    line integer NOT NULL,
    column_name text,
    value text NOT NULL,
    message text NOT NULL,
    CONSTRAINT import_refusal_pkey PRIMARY KEY (import_id, line)
  )`,
]

const DOWN = [
  "DROP TABLE foresight.import_refusal",
  "DROP TABLE foresight.import_name",
  "UPDATE foresight.import_report SET format = format || ', ' || shift_weeks || ' weeks later' WHERE shift_weeks IS NOT NULL",
  `ALTER TABLE foresight.import_report DROP COLUMN shift_weeks, DROP COLUMN found, DROP COLUMN last_line, DROP COLUMN done_pages, DROP COLUMN names_resolved`,
  "ALTER TABLE foresight.import_staging ADD COLUMN status text, ADD COLUMN description text",
  "ALTER TABLE foresight.import_staging SET LOGGED",
]
