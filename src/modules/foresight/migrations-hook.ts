import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { revertMigration as revert, runMigrations as run } from "../../database/migrate"
import { pluginOptions } from "./plugin-options"

interface MigrationArguments {
  options?: Record<string, unknown>
  container?: MedusaContainer
  logger?: Logger
}

const settings = (raw: Record<string, unknown> | undefined) => {
  const { databaseUrl, ssl } = pluginOptions(raw)
  return { url: databaseUrl, ...(ssl !== undefined && { ssl }), poolSize: 1, applicationName: "medusa-foresight-migrate" }
}

/** `medusa db:migrate` */
export async function runMigrations({ options, logger }: MigrationArguments): Promise<{ name: string }[]> {
  const done = await run(settings(options))
  logger?.info(done.length > 0 ? `foresight: migrated ${done.map(({ name }) => name).join(", ")}` : "foresight: database is up to date")
  return done
}

/** `medusa db:rollback foresight` */
export async function revertMigration({ options, logger }: MigrationArguments): Promise<void> {
  await revert(settings(options))
  logger?.info("foresight: last migration reverted")
}
