import type { MigrationInterface, QueryRunner } from "typeorm"

/** Imports note the months that they filled at once. */
export class WholeMonths1763856900000 implements MigrationInterface {
  name = "WholeMonths1763856900000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE foresight.import_report ADD COLUMN filled_months text[] NOT NULL DEFAULT '{}'")
  }

  async down(runner: QueryRunner): Promise<void> {
    // the code before this one knows pages only: an import under way finds the lines of such months again, as known ones
    await runner.query("ALTER TABLE foresight.import_report DROP COLUMN filled_months")
  }
}
