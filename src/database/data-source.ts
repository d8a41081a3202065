import "reflect-metadata"
import { DataSource } from "typeorm"
import { entities } from "./entities"
import { migrations } from "./migrations"
import { SCHEMA } from "./schema"

export interface DataSourceSettings {
  /** `postgres://user:password@host:port/database`; its `sslmode` and `ssl_mode` are dropped in favour of `ssl`, the rest reaches `pg`. */
  url: string
  /** Most connections of this process. */
  poolSize: number
  /** Shown in `pg_stat_activity`. */
  applicationName: string
  /** Default: as `sslmode` of the url says (`require`: encrypted without a check of the certificate, `verify-*`: with it), else none. */
  ssl?: boolean | { rejectUnauthorized?: boolean; ca?: string }
  /** Longest wait for a lock, ms; 0 or absent: forever. */
  lockTimeoutMs?: number
}

/** Makes, but does not open, the connection pool of the schema `foresight`. `initialize()` opens it, `destroy()` closes it. */
export function createDataSource({ url, poolSize, applicationName, ssl, lockTimeoutMs }: DataSourceSettings): DataSource {
  const address = withoutSslMode(url)
  return new DataSource({
    type: "postgres",
    url: address.url,
    ssl: ssl ?? address.ssl,
    schema: SCHEMA,
    entities,
    migrations,
    migrationsTableName: "migration",
    applicationName,
    poolSize,
    connectTimeoutMS: 5000,
    logging: false,
    // pg sends lock_timeout with the start of each connection, so that no query of ours can miss it
    extra: lockTimeoutMs ? { lock_timeout: lockTimeoutMs } : {},
  })
}

/** Medusa's own urls carry `ssl_mode`, which Postgres refuses, and `sslmode`, whose meaning changes between versions of pg. */
function withoutSslMode(url: string): { url: string; ssl: DataSourceSettings["ssl"] } {
  const [base = "", query = ""] = url.split("?", 2)
  const parameters = new URLSearchParams(query)
  const mode = parameters.get("sslmode") ?? parameters.get("ssl_mode")
  parameters.delete("sslmode")
  parameters.delete("ssl_mode")
  const rest = parameters.toString()
  const ssl = mode?.startsWith("verify") ? true : mode === "require" || mode === "no-verify" ? { rejectUnauthorized: false } : false
  return { url: rest ? `${base}?${rest}` : base, ssl }
}
