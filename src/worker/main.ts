import { NativeConnection, Runtime, type LogLevel, type Worker } from "@temporalio/worker"
import { createDataSource, type DataSourceSettings } from "../database/data-source"
import { pendingMigrations } from "../database/migrate"
import { createStores } from "../database/stores"
import { DEFAULT_SEED } from "../domain/default-seed"
import { ForesightError } from "../domain/errors"
import { medusaShopReader } from "../shop/medusa-shop-reader"
import type { StoreConfig } from "../shop/store-config"
import { connectionOptions } from "../temporal/connection-options"
import { ForesightClient } from "../temporal/foresight-client"
import { ensureSchedules } from "../temporal/schedules"
import { bootShop } from "./boot-shop"
import { createActivities } from "./create-activities"
import { createWorkers } from "./create-workers"
import { startHealthServer, type WorkerHealth } from "./health-server"
import { startLocalTemporal } from "./local-temporal"
import { medusaLogger, type Logger } from "./logger"
import { runTraining } from "./training-process"
import { waitUntil } from "./wait-until"

export interface WorkerSettings {
  config: StoreConfig
  log: Logger
  /** Also start a local Temporal server. */
  local: boolean
  healthPort: number
  roles: readonly ("light" | "training")[]
  /** Aborted to drain and end. */
  signal: AbortSignal
}

/** Runs until `signal` is aborted: waits for database, migrations and Temporal with a plain sentence, boots the shop, makes the schedules, works, drains. */
export async function runWorker({ config, log, local, healthPort, roles, signal }: WorkerSettings): Promise<void> {
  const { options, shopId } = config
  const health: WorkerHealth = { ready: false, waitingFor: "starting" }
  const closers: (() => Promise<unknown>)[] = []
  const server = await startHealthServer(healthPort, () => health)
  closers.push(() => server.close())
  log.info({ shopId, healthPort: server.port, queues: roles }, "worker starts")

  const insist = async <Result>(what: string, work: () => Promise<Result>): Promise<Result | null> =>
    waitUntil(work, {
      signal,
      tell: (error, waitMs) => {
        health.waitingFor = error instanceof Error ? error.message : String(error)
        log.warn({ what, retryInSeconds: waitMs / 1000 }, `${health.waitingFor}; trying again in ${waitMs / 1000} s`)
      },
    })

  try {
    if (local) {
      const temporal = await startLocalTemporal({ ...options.temporal, directory: config.directory })
      if (temporal) closers.push(() => temporal.stop())
      log.info(temporal ? `local Temporal server at ${options.temporal.address}` : `a Temporal server listens at ${options.temporal.address} already`)
    }
    const database: DataSourceSettings = { url: config.databaseUrl, ssl: config.ssl, poolSize: options.databasePoolSize, applicationName: "foresight worker" }
    if (!(await insist("database", () => checkDatabase(database)))) return
    const dataSource = await insist("database", () => createDataSource(database).initialize())
    if (!dataSource) return
    closers.push(() => dataSource.destroy())
    const shop = await insist("shop", () => bootShop(config, medusaLogger(log)))
    if (!shop) return
    closers.push(() => shop.shutdown())
    Runtime.install({ shutdownSignals: [], logger: temporalLogger(log) })
    const connection = await insist("Temporal", () => connectTemporal(config))
    if (!connection) return
    closers.push(() => connection.close())

    const client = new ForesightClient({ temporal: options.temporal, shopId, callMs: 10_000 })
    closers.push(() => client.close())
    const stores = createStores(dataSource)
    const activities = createActivities({ options, stores, reader: medusaShopReader(shop.query), runTraining })
    const workers = await createWorkers({ connection, namespace: options.temporal.namespace, queues: client.queues, roles, activities, shopId })
    const schedules = await insist("schedules", () => ensureSchedules(client.client, { ids: client.ids, shopId, taskQueue: client.queues.light, seed: DEFAULT_SEED, options }))
    log.info({ schedules }, "schedules are in place")
    // what happened while no worker was there is read now, not at the next interval
    await client.requestReconcile().catch((error: unknown) => log.warn({ err: error }, "the walk over the shop waits for its next interval"))
    if ((await stores.events.summary()).total === 0) log.info("there are no sales yet: import a history with \"npx foresight import FILE\", or wait for orders")

    health.ready = true
    health.waitingFor = null
    log.info({ queues: roles.map((role) => client.queues[role]) }, "worker is ready")
    await runUntil(workers, signal)
    log.info("worker has drained")
  } finally {
    health.ready = false
    for (const close of closers.reverse()) await close().catch((error: unknown) => log.warn({ err: error }, "closing failed"))
  }
}

/** Polls until the signal; a worker that fails takes the others down with it. */
async function runUntil(workers: readonly Worker[], signal: AbortSignal): Promise<void> {
  const shutdown = () => {
    for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown()
  }
  signal.addEventListener("abort", shutdown, { once: true })
  try {
    const runs = workers.map((worker) => worker.run().finally(shutdown))
    if (signal.aborted) shutdown()
    const failed = (await Promise.allSettled(runs)).find((run) => run.status === "rejected")
    if (failed) throw failed.reason
  } finally {
    signal.removeEventListener("abort", shutdown)
  }
}

/** @throws ForesightError `unavailable`, saying what to do. */
async function checkDatabase(settings: DataSourceSettings): Promise<true> {
  const { host, pathname } = new URL(settings.url)
  let pending: string[]
  try {
    pending = await pendingMigrations(settings)
  } catch (cause) {
    throw new ForesightError("unavailable", `the database ${pathname.slice(1)} at ${host} cannot be reached (${cause instanceof Error ? cause.message : String(cause)}): start Postgres or correct the store's databaseUrl`, { cause })
  }
  if (pending.length > 0) throw new ForesightError("unavailable", `${pending.length} migrations of the schema foresight are missing: run "npx medusa db:migrate" in the store's folder`)
  return true
}

/** @throws ForesightError `unavailable`, saying what to do. */
async function connectTemporal({ options: { temporal } }: StoreConfig): Promise<NativeConnection> {
  let connection: NativeConnection | undefined
  try {
    const { tls, ...rest } = connectionOptions(temporal)
    connection = await NativeConnection.connect({ ...rest, ...(tls !== undefined && { tls }) })
    await connection.workflowService.describeNamespace({ namespace: temporal.namespace })
    return connection
  } catch (cause) {
    await connection?.close()
    const told = cause instanceof Error ? cause.message : String(cause)
    const reason = /ConnectionRefused/.test(told) ? "nobody listens there" : told
    const advice = /not found/i.test(told) && connection ? `create the namespace with "temporal operator namespace create -n ${temporal.namespace}"` : "start it, correct temporal.address, or use \"foresight worker --local\""
    throw new ForesightError("unavailable", `Temporal at ${temporal.address} (namespace ${temporal.namespace}) cannot be used (${reason}): ${advice}`, { cause })
  }
}

function temporalLogger(log: Logger) {
  const temporal = log.child({ part: "temporal" })
  const write = (level: LogLevel, message: string, meta?: Record<string | symbol, unknown>) => {
    const { error, ...rest } = meta ?? {}
    const fields = { ...rest, ...(error !== undefined && { err: error }) }
    if (level === "TRACE") temporal.trace(fields, message)
    else if (level === "DEBUG") temporal.debug(fields, message)
    else if (level === "INFO") temporal.info(fields, message)
    else if (level === "WARN") temporal.warn(fields, message)
    else temporal.error(fields, message)
  }
  return {
    log: write,
    trace: (message: string, meta?: Record<string | symbol, unknown>) => write("TRACE", message, meta),
    debug: (message: string, meta?: Record<string | symbol, unknown>) => write("DEBUG", message, meta),
    info: (message: string, meta?: Record<string | symbol, unknown>) => write("INFO", message, meta),
    warn: (message: string, meta?: Record<string | symbol, unknown>) => write("WARN", message, meta),
    error: (message: string, meta?: Record<string | symbol, unknown>) => write("ERROR", message, meta),
  }
}
