import { randomUUID } from "node:crypto"
import { Readable } from "node:stream"
import { NativeConnection, type Worker } from "@temporalio/worker"
import type { RunTraining } from "../../../activities/training"
import type { Stores } from "../../../src/database/stores"
import { addDays, dayInZone } from "../../../src/domain/day"
import { DEFAULT_SEED } from "../../../src/domain/default-seed"
import { parseFileChoices } from "../../../src/imports/import-options"
import { Browsing } from "../../../src/modules/foresight/browsing"
import { EventBuffer } from "../../../src/modules/foresight/event-buffer"
import { ImportDesk } from "../../../src/modules/foresight/import-desk"
import { IntakeLimits } from "../../../src/modules/foresight/intake-limits"
import { parseOptions } from "../../../src/options"
import { recordOrders } from "../../../src/shop/record-order"
import type { ShopOrder, ShopReader } from "../../../src/shop/shop-reader"
import type { ShopQuery } from "../../../src/shop/shop-query"
import { ForesightClient } from "../../../src/temporal/foresight-client"
import { ensureSchedules } from "../../../src/temporal/schedules"
import { createActivities } from "../../../src/worker/create-activities"
import { createWorkers } from "../../../src/worker/create-workers"
import { openTestDatabase, type TestDatabase } from "../../support/database"
import { until } from "../../support/eventually"
import { forecastHere } from "../../support/forecast-here"
import { modelVersion } from "../../support/model-version"
import { level, order, orderLine, shopReader, variant } from "../../support/shop-builders"
import { startTestTemporal, workflowBundle, type TestTemporal } from "../../support/temporal"

/** Two of everything: two servers and two workers, each with its own pool and connections, on one database and one Temporal. */
const SHOP = "scale-out"
const ORDERS = 60
const VARIANTS = 5
const today = dayInZone(new Date(), "UTC")
const options = parseOptions({ shopId: SHOP })

/** Orders of the last two months: two lines each, quantities 1 to 4. */
const orders: ShopOrder[] = Array.from({ length: ORDERS }, (_, index) => {
  const placedAt = new Date(`${addDays(today, -1 - index)}T12:00:00Z`)
  const line = (at: number) => orderLine({ lineItemId: `line_${index}_${at}`, variantId: `variant_${(index + at) % VARIANTS}`, productId: `prod_${(index + at) % VARIANTS}`, sku: null, quantity: 1 + ((index + at) % 4) })
  return order({ id: `order_${index}`, placedAt, updatedAt: placedAt, customerId: `cus_${index % 7}`, lines: [line(0), line(1)] })
})
const UNITS = orders.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0)
const variants = Array.from({ length: VARIANTS }, (_, index) =>
  variant({ id: `variant_${index}`, productId: `prod_${index}`, sku: null, items: [{ inventoryItemId: `iitem_${index}`, variantId: `variant_${index}`, requiredQuantity: 1 }] })
)
const levels = variants.map((_, index) => level({ id: `ilev_${index}`, inventoryItemId: `iitem_${index}` }))
const reader: ShopReader = shopReader({
  orders: async (ids) => orders.filter(({ id }) => ids.includes(id)),
  changesOf: async (kind, cursor) => ({
    rows: kind === "orders" && !cursor ? orders.map(({ id }) => ({ id, orderId: id })) : [],
    cursor: kind === "orders" ? { updatedAt: new Date(), lastId: "order_9" } : cursor,
    more: false,
  }),
  levelsPage: async () => ({ rows: levels, next: null }),
  levelsOf: async (ids) => levels.filter(({ inventoryItemId }) => ids.includes(inventoryItemId)),
  inventoryItemsPage: async () => ({ rows: variants.map(({ items }, index) => ({ id: `iitem_${index}`, sku: null, title: `Item ${index}`, thumbnail: null, uses: items })), next: null }),
  variantsPage: async () => ({ rows: variants, next: null }),
  variantsOf: async (ids) => variants.filter(({ id }) => ids.includes(id)),
})

/** Resolves when both servers have asked for the training: until then it runs. */
let bothHaveAsked: Promise<void> = Promise.resolve()

/** A training that yields the smallest model; forecasts are made by the rule that needs none. */
const runTraining: RunTraining = async (job, hooks) => {
  if (job.task === "forecast") return forecastHere(job, hooks)
  await bothHaveAsked
  const { algorithm, parameters, backtest, gate, backend, seconds, bytes } = modelVersion({ promote: false })
  return { task: "train", algorithm, parameters, backtest, gate, backend, seconds, bytes, lossCurve: [] }
}

let database: TestDatabase
let temporal: TestTemporal
let servers: { stores: Stores; client: ForesightClient }[]
const connections: NativeConnection[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  temporal = await startTestTemporal()
  const settings = { ...options.temporal, address: temporal.address, namespace: temporal.namespace, taskQueuePrefix: temporal.queues.light }
  const client = () => new ForesightClient({ temporal: settings, shopId: SHOP, callMs: 60_000 })
  servers = [
    { stores: database.stores, client: client() },
    { stores: (await database.openAgain()).stores, client: client() },
  ]
})
afterAll(async () => {
  for (const { client } of servers) await client.close()
  for (const connection of connections) await connection.close()
  await temporal.stop()
  await database.close()
})

/** Two workers at once while `work` runs, which may end the first of them; tells which of them took which step. */
async function withTwoWorkers<Result>(work: (endFirst: () => void) => Promise<Result>): Promise<{ result: Result; steps: string[][] }> {
  const steps: string[][] = []
  const workers: Worker[] = []
  for (const { stores } of servers) {
    const own: string[] = []
    steps.push(own)
    const activities = createActivities({ options, stores, reader, runTraining })
    const noted = Object.fromEntries(
      Object.entries(activities).map(([name, activity]) => [
        name,
        (input: never) => {
          own.push(name)
          return (activity as (input: never) => unknown)(input)
        },
      ])
    )
    const connection = await NativeConnection.connect({ address: temporal.address })
    connections.push(connection)
    workers.push(...(await createWorkers({ connection, namespace: temporal.namespace, queues: temporal.queues, roles: ["light", "training"], activities: noted, shopId: SHOP, workflowBundle: await workflowBundle() })))
  }
  const runs = Promise.all(workers.map((worker) => worker.run()))
  const end = (some: readonly Worker[]) => some.filter((worker) => worker.getState() === "RUNNING").forEach((worker) => worker.shutdown())
  try {
    return { result: await Promise.race([work(() => end(workers.slice(0, 2))), runs.then(() => Promise.reject(new Error("the workers ended before the test did")))]), steps }
  } finally {
    end(workers)
    await runs
  }
}

const count = async (sql: string) => Number((await database.dataSource.query<{ count: string }[]>(`SELECT count(*) AS count FROM foresight.${sql}`))[0]?.count)
const units = async () => Number((await database.dataSource.query<{ units: number }[]>("SELECT coalesce(sum(units), 0) AS units FROM foresight.demand_day"))[0]?.units)

describe("two servers and two workers on one database", () => {
  it("store a batch that was sent to both servers once", async () => {
    const warn = (message: string) => {
      throw new Error(message)
    }
    const doors = servers.map(({ stores }) => {
      const buffer = new EventBuffer(stores.events, { durable: true, flushIntervalMs: 50, capacity: 10_000 }, warn)
      return { buffer, browsing: new Browsing(buffer, new IntakeLimits({ perKey: 0, perVisitor: 0 }), { known: async (_, ids) => new Set(ids) }, "UTC", () => new Date()) }
    })
    const sender = { query: {} as ShopQuery, customerId: null, salesChannelId: "sc_1", publishableKey: "pk_1", ip: "127.0.0.1", crawler: null }
    const batches = Array.from({ length: 20 }, (_, batch) =>
      Array.from({ length: 25 }, (_, index) => ({ event_id: `b${batch}-${index}`, name: "view_item", timestamp: new Date().toISOString(), visitor_id: `v${batch}`, session_id: `s${batch}`, items: [{ item_id: `prod_${index % 5}` }] }))
    )
    // each batch to both at once, the second time in the other order
    const answers = await Promise.all(doors.flatMap(({ browsing }, server) => (server === 0 ? batches : [...batches].reverse()).map((batch) => browsing.accept(batch, sender))))
    for (const { buffer } of doors) await buffer.close()
    const told = (of: "accepted" | "duplicates") => answers.reduce((sum, answer) => sum + answer[of], 0)
    expect([told("accepted"), told("duplicates"), answers.flatMap(({ rejected }) => rejected)]).toEqual([500, 500, []])
    expect(await count("event WHERE source = 'storefront'")).toBe(500)
  })

  it("store an order that both servers heard once", async () => {
    const heard = orders.slice(0, 30)
    const answers = await Promise.all(
      [0, 1, 2].flatMap((round) => servers.map(({ stores }) => recordOrders({ orders: stores.orders, timeZone: "UTC" }, round === 1 ? [...heard].reverse() : heard, [])))
    )
    expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(60)
    expect(await count("event WHERE name = 'purchase'")).toBe(60)
  })

  it("make each schedule once", async () => {
    const input = { ids: servers[0]!.client.ids, shopId: SHOP, taskQueue: temporal.queues.light, seed: DEFAULT_SEED, options }
    await Promise.all(servers.map(({ client }) => ensureSchedules(client.client, input)))
    // the list of schedules follows a moment later
    await until(async () => {
      const found: string[] = []
      for await (const { scheduleId } of temporal.client.schedule.list()) found.push(scheduleId)
      expect(found.filter((id) => id.startsWith(`foresight/${SHOP}/`)).sort()).toEqual([input.ids.nightlySchedule, input.ids.reconcileSchedule].sort())
    })
  })

  it("run one night when both are asked for one, heal the orders that nobody heard, and count everything once", async () => {
    const { result, steps } = await withTwoWorkers(async () => {
      const ids = await Promise.all(servers.map(({ client }) => client.startNightly({ train: "none" })))
      expect(new Set(ids).size).toBe(1)
      return Promise.all(servers.map(({ client }) => client.nightlyResult()))
    })
    expect(result[0]).toEqual(result[1])
    expect(result[0]).toMatchObject({ advised: VARIANTS, removed: { events: 0 } })
    expect(steps.flat().filter((name) => name === "storePopular")).toHaveLength(1)
    expect(await count("event WHERE name = 'purchase'")).toBe(2 * ORDERS)
    expect(await units()).toBe(UNITS)
    expect(await count("advice")).toBe(VARIANTS)
    expect(await count("demand_touched")).toBe(0)
  })

  it("finish the night when one of the workers ends in the middle of it", async () => {
    const { result } = await withTwoWorkers(async (endFirst) => {
      const [first] = servers
      await first!.client.startNightly({ train: "none" })
      await until(async () => {
        if ((await first!.client.nightlyState()).progress?.stage === "reconcile") throw new Error("it has just begun")
      })
      endFirst()
      return first!.client.nightlyResult()
    })
    expect(result).toMatchObject({ advised: VARIANTS })
    expect(await units()).toBe(UNITS)
  })

  it("count demand once when both workers count the same days at once", async () => {
    await database.dataSource.query("INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM foresight.event WHERE name = 'purchase'")
    // four at once, each in steps smaller than what waits, as the worker does
    const countAll = async ({ stores }: (typeof servers)[number]) => {
      while ((await stores.demand.rebuildTouched({ limit: 40 })).left > 0);
    }
    await Promise.all([...servers, ...servers].map(countAll))
    expect(await units()).toBe(UNITS)
    expect(await count("demand_touched")).toBe(0)
  })

  it("import a file that was given to both servers once", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `o${index},2025-0${1 + (index % 9)}-10T12:00:00Z,c${index % 11},SKU-${index % 20},2,9.5,eur`)
    const file = `order_id,ordered_at,customer_id,sku,quantity,unit_price,currency\n${lines.join("\n")}\n`
    const before = await count("event")
    const { result } = await withTwoWorkers(async () => {
      const taken = await Promise.allSettled(
        servers.map(async ({ stores, client }) => {
          const desk = new ImportDesk(stores, client, "UTC", () => new Date())
          return desk.take({ fileName: "history.csv", choices: parseFileChoices({}), bytes: Readable.from([Buffer.from(file)]) })
        })
      )
      const ids = taken.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []))
      const refused = taken.flatMap((one) => (one.status === "rejected" ? [one.reason as { code: string }] : []))
      // whoever came second was told of the first, or found its lines known
      for (const { code } of refused) expect(code).toBe("conflict")
      for (const id of ids) {
        await until(async () => {
          const { status } = await servers[0]!.client.importState(id)
          if (status === "running") throw new Error("it is not done")
          expect(status).toBe("completed")
        })
      }
      return ids
    })
    expect(result.length).toBeGreaterThan(0)
    expect(await count("event")).toBe(before + 300)
    expect(await count("import_staging")).toBe(0)
  })

  it("train once when both servers are asked for the same training", async () => {
    let release = () => {}
    bothHaveAsked = new Promise((resolve) => (release = resolve))
    const { result } = await withTwoWorkers(async () => {
      const asking = Promise.all(servers.map(({ client }) => client.startTraining({ kind: "taste", trigger: "admin", trainingRunId: randomUUID(), thenRefresh: false })))
      const started = await asking.finally(release)
      await Promise.all(servers.map(({ client }) => client.trainingResult("taste")))
      return started
    })
    expect(result.map(({ alreadyRunning }) => alreadyRunning).sort()).toEqual([false, true])
    expect(new Set(result.map(({ trainingRunId }) => trainingRunId)).size).toBe(1)
    expect([await count("training_run"), await count("model_version")]).toEqual([1, 1])
  })
})
