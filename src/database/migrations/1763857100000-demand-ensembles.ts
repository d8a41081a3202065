import type { MigrationInterface, QueryRunner } from "typeorm"

/** Demand versions are ensembles now: what earlier releases trained (a model per class) cannot be read any more. It is retired as versions are whose bytes are
 * kept no longer, so that a rule forecasts until the next training. */
export class DemandEnsembles1763857100000 implements MigrationInterface {
  name = "DemandEnsembles1763857100000"

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE foresight.model_version SET bytes = '', status = CASE status WHEN 'serving' THEN 'retired' ELSE status END WHERE kind = 'demand'`)
  }

  /** Retired versions stay retired: nobody kept their bytes. */
  async down(): Promise<void> {}
}
