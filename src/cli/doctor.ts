import { pendingMigrations } from "../database/migrate"
import { startBackend } from "../learning/backend"
import { readStoreConfig } from "../shop/store-config"
import { ForesightClient } from "../temporal/foresight-client"
import { EXIT, messageOf, print, printJson } from "./output"
import { databaseSettings } from "./store-connection"

interface Check {
  name: string
  ok: boolean
  message: string
}

/** Looks at everything the plugin needs; each line is ✓ or what to do. */
export async function doctor({ json }: { json: boolean }): Promise<number> {
  const config = readStoreConfig(process.cwd())
  const settings = databaseSettings(config)
  const { pathname, host } = new URL(config.databaseUrl)
  const checks: Check[] = [{ name: "store", ok: true, message: `${config.directory}, shop ${config.shopId}, time zone ${config.options.timezone}` }]

  try {
    const pending = await pendingMigrations(settings)
    checks.push({ name: "database", ok: true, message: `${pathname.slice(1)} at ${host}` })
    checks.push({ name: "migrations", ok: pending.length === 0, message: pending.length === 0 ? "all run" : `${pending.length} missing: run "npx medusa db:migrate"` })
  } catch (error) {
    checks.push({ name: "database", ok: false, message: `${messageOf(error)}: start Postgres or correct databaseUrl` }, { name: "migrations", ok: false, message: "unknown while the database is away" })
  }

  const client = new ForesightClient({ temporal: config.options.temporal, shopId: config.shopId })
  const health = await client.health()
  await client.close()
  const advice = health.temporal.ok ? "" : ": start Temporal, correct temporal.address, or use \"npx foresight worker --local\""
  checks.push({ name: "temporal", ...health.temporal, message: health.temporal.message + advice }, { name: "worker", ...health.worker }, { name: "schedules", ...health.schedules })

  try {
    checks.push({ name: "backend", ok: true, message: await startBackend() })
  } catch (error) {
    checks.push({ name: "backend", ok: false, message: messageOf(error) })
  }

  if (json) printJson({ ok: checks.every(({ ok }) => ok), checks })
  else for (const { name, ok, message } of checks) print(`${ok ? "✓" : "✗"} ${name.padEnd(10)} ${message}`)
  return checks.every(({ ok }) => ok) ? EXIT.done : EXIT.failed
}
