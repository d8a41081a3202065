import { ForesightError } from "../../domain/errors"
import { parseOptions } from "../../options"
import type { ForesightOptions } from "../../options"

/** What Medusa adds to the options of every module. */
interface MedusaAdditions {
  database?: { clientUrl?: string; driverOptions?: { connection?: { ssl?: SslOptions }; ssl?: SslOptions } }
}
type SslOptions = boolean | { rejectUnauthorized?: boolean; ca?: string }

export interface ResolvedOptions {
  options: ForesightOptions
  databaseUrl: string
  ssl: SslOptions | undefined
}

const OURS = (raw: Record<string, unknown>) => {
  const { database: _database, providers: _providers, ...ours } = raw
  return ours
}

/** The plugin's options without what Medusa adds, checked; and where our rows live. @throws ForesightError `invalid_options` */
export function pluginOptions(raw: Record<string, unknown> | undefined): ResolvedOptions {
  const options = parseOptions(OURS(raw ?? {}), process.env)
  const { database } = (raw ?? {}) as MedusaAdditions
  const databaseUrl = options.databaseUrl ?? database?.clientUrl ?? process.env.DATABASE_URL
  if (!databaseUrl) throw new ForesightError("invalid_options", "medusa-plugin-foresight: databaseUrl is missing, and the store has no database either; expected postgres://…")
  return { options, databaseUrl, ssl: options.databaseUrl ? undefined : (database?.driverOptions?.connection?.ssl ?? database?.driverOptions?.ssl) }
}
