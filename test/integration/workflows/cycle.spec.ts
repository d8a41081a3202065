import { ApplicationFailure } from "@temporalio/activity"
import { WorkflowFailedError } from "@temporalio/client"
import type { NightlyInput, NightlyOutcome } from "../../../workflows/nightly"
import type { ReconcileCounts, ReconcileInput, ReconcileProgress } from "../../../workflows/reconcile-shop"
import type { TrainModelInput } from "../../../workflows/train-model"
import { workflowIds, WORKFLOWS } from "../../../src/domain/workflow-ids"
import { until } from "../../support/eventually"
import { fakeActivities, untilCanceled, type Activities } from "../../support/fake-activities"
import { startTestTemporal, type TestTemporal } from "../../support/temporal"

let temporal: TestTemporal
let shops = 0
/** A shop of its own for each test: ids of workflows never meet. */
const newShop = () => `cycle-${(shops += 1)}`

beforeAll(async () => {
  temporal = await startTestTemporal()
})
afterAll(() => temporal.stop())

const runNightly = async (own: Partial<Activities>, input: Partial<NightlyInput> = {}) => {
  const { activities, calls } = fakeActivities(own)
  const shopId = newShop()
  const args: [NightlyInput] = [{ shopId, seed: 42, train: "due", trigger: "nightly", ...input }]
  const outcome = await temporal.withWorkers(activities, () =>
    temporal.client.workflow.execute(WORKFLOWS.nightly, { taskQueue: temporal.queues.light, workflowId: workflowIds(shopId).nightly, args })
  )
  return { outcome: outcome as NightlyOutcome, calls }
}

const startTraining = (shopId: string, input: Partial<TrainModelInput> = {}) =>
  temporal.client.workflow.start(WORKFLOWS.trainModel, {
    taskQueue: temporal.queues.light,
    workflowId: workflowIds(shopId).trainModel("demand"),
    args: [{ shopId, kind: "demand", trigger: "admin", trainingRunId: "run-1", seed: 42, thenRefresh: false, ...input } satisfies TrainModelInput],
  })

/** One page of each walk over the shop. */
const WALK = [
  ...["openReconcile", "reconcileNextOrders", "reconcileNextReturns", "reconcileNextSwaps claims", "reconcileNextSwaps exchanges", "reconcileNextCustomers"],
  ...["reconcileNextPrices", "reconcileNextPromotions", "reconcileNextStock", "joinUnknownSkus"],
]
const RECONCILED = {
  ...{ orders: 2, recovered: 1, returns: 0, claims: 0, exchanges: 0, customers: 0, linked: 0 },
  ...{ prices: 5, pricesChanged: 1, promotions: 1, promotionsChanged: 0, levels: 4, joined: 0, abandonedCarts: 3 },
}

describe("nightly", () => {
  it("walks the shop, recounts demand, trains what is due, then forecasts, advises and recommends", async () => {
    const { outcome, calls } = await runNightly({ modelsDue: async () => ["demand", "taste"] })
    expect(calls).toEqual([
      ...["ensurePartitions", ...WALK, "closeReconcile reconcile", "judgeLines", "rebuildDemand", "countArrivals", "modelsDue"],
      ...["openTrainingRun demand", "trainModelVersion demand", "openTrainingRun taste", "trainModelVersion taste"],
      ...["forecastDemand", "adviseNextItems", "adviseNextItems", "dropStaleAdvice", "storeNeighbours", "storePopular", "storeCustomers", "applyRetention"],
    ])
    expect(outcome).toEqual({
      reconciled: RECONCILED,
      rebuiltDays: 3,
      trained: { demand: "promoted", taste: "promoted" },
      forecasts: 7,
      advised: 6,
      customers: 6,
      removed: { months: 0, events: 8, modelVersions: 0, reports: 0 },
    })
  })

  it("goes on with the night when a training fails, and marks its run", async () => {
    const closed: unknown[] = []
    const { outcome, calls } = await runNightly({
      modelsDue: async () => ["demand"],
      trainModelVersion: () => Promise.reject(ApplicationFailure.nonRetryable("units[3] is -2", "invalid_series")),
      closeTrainingRun: async ({ status, error }) => void closed.push([status, error]),
    })
    expect(outcome.trained).toEqual({ demand: "failed" })
    expect(closed).toEqual([["failed", "units[3] is -2"]])
    expect(calls).toContain("forecastDemand")
  })

  it("is none the worse for a model that has too little to learn from", async () => {
    const { outcome } = await runNightly({
      modelsDue: async () => ["session"],
      trainModelVersion: () => Promise.reject(ApplicationFailure.nonRetryable("none of 0 sessions has two different items", "too_little_data")),
    })
    expect(outcome.trained).toEqual({ session: "too_little_data" })
    expect(outcome.customers).toBe(6)
  })

  it("trains nothing where it was told so", async () => {
    const { calls } = await runNightly({}, { train: "none" })
    expect(calls.filter((call) => call.startsWith("train") || call === "modelsDue")).toEqual([])
  })

  it("tries a step again that failed for the moment", async () => {
    let tries = 0
    const { outcome } = await runNightly({
      modelsDue: async () => [],
      reconcileNextOrders: async () => {
        tries += 1
        if (tries < 3) throw new Error("connection terminated")
        return { orders: 1, seen: 1, recovered: 0, more: false, setAside: [] }
      },
    })
    expect(tries).toBe(3)
    expect(outcome.reconciled?.orders).toBe(1)
  })

  it("walks on while there are more orders, and says that the walk has begun only once", async () => {
    const firsts: boolean[] = []
    const { outcome } = await runNightly({
      modelsDue: async () => [],
      reconcileNextOrders: async ({ first }) => {
        firsts.push(first)
        return { orders: 200, seen: 200, recovered: 0, more: firsts.length < 3, setAside: [] }
      },
    })
    expect(firsts).toEqual([true, false, false])
    expect(outcome.reconciled?.orders).toBe(600)
  })
})

describe("reconcile-shop", () => {
  const run = async (own: Partial<Activities>, input: ReconcileInput) => {
    const { activities, calls } = fakeActivities(own)
    const ids = workflowIds(newShop())
    let progress: ReconcileProgress | null = null
    const outcome = await temporal.withWorkers(activities, async () => {
      const handle = await temporal.client.workflow.start(WORKFLOWS.reconcileShop, { taskQueue: temporal.queues.light, workflowId: ids.backfill, args: [input] })
      const result = await handle.result()
      progress = await handle.query<ReconcileProgress>("progress")
      return result as ReconcileCounts
    })
    return { outcome, calls, progress: progress as ReconcileProgress | null }
  }

  it("walks everything, tells how far it is, and keeps its report", async () => {
    const reports: unknown[] = []
    const opened: unknown[] = []
    const { outcome, calls, progress } = await run(
      {
        openReconcile: async (input) => {
          opened.push(input)
          return { startedAt: "2026-01-01T00:00:00.000Z", orders: 7 }
        },
        closeReconcile: async (report) => {
          reports.push(report)
          return { abandonedCarts: 3 }
        },
      },
      { fromStart: true, everyLevel: true }
    )
    expect(calls).toEqual(["ensurePartitions", ...WALK, "closeReconcile backfill"])
    expect(opened).toEqual([{ fromStart: true }])
    expect(outcome).toEqual(RECONCILED)
    expect(progress).toMatchObject({ stage: "done", ordersTotal: 7, counts: { orders: 2 } })
    expect(reports).toMatchObject([{ kind: "backfill", startedAt: "2026-01-01T00:00:00.000Z", walked: { orders: 2, prices: 5, levels: 4 }, healed: { order_rows: 1, prices: 1 }, setAside: [] }])
  })

  it("goes on within the walk that a continued run begins with, and tells every step that it is a backfill", async () => {
    const steps: unknown[] = []
    const opened = { startedAt: "2026-01-01T00:00:00.000Z", orders: 7 }
    const { outcome, calls } = await run(
      {
        reconcileNextReturns: async ({ first, fromStart }) => {
          steps.push(["returns", first, fromStart])
          return { returns: 1, seen: 1, recovered: 0, more: steps.length < 2, setAside: [] }
        },
        reconcileNextCustomers: async ({ first, fromStart }) => {
          steps.push(["customers", first, fromStart])
          return { seen: 0, noted: 0, more: false }
        },
      },
      { fromStart: true, everyLevel: true, left: ["returns", "customers"], seen: { orders: 7, recovered: 0, returns: 0, levels: 0, joined: 0 }, opened }
    )
    expect(steps).toEqual([["returns", false, true], ["returns", false, true], ["customers", true, true]])
    expect(calls.at(-1)).toBe("closeReconcile backfill")
    expect(outcome).toMatchObject({ orders: 7, returns: 2 })
  })

  it("names each order that was set aside once, and goes on", async () => {
    const broken = { kind: "order", id: "order_9", error: "TypeError: no currency" }
    const { outcome } = await run(
      {
        reconcileNextOrders: async () => ({ orders: 1, seen: 1, recovered: 0, more: false, setAside: [broken] }),
        reconcileNextReturns: async () => ({ returns: 1, seen: 1, recovered: 0, more: false, setAside: [broken] }),
      },
      {}
    )
    expect(outcome.setAside).toEqual([broken])
    expect(outcome.levels).toBe(4)
  })
})

describe("train-model", () => {
  it("stops within seconds when it is canceled, and marks its run", async () => {
    const closed: string[] = []
    const { activities } = fakeActivities({ trainModelVersion: untilCanceled, closeTrainingRun: async ({ status }) => void closed.push(status) })
    await temporal.withWorkers(activities, async () => {
      const handle = await startTraining(newShop())
      await until(async () => {
        const { raw } = await handle.describe()
        if (!raw.pendingActivities?.some(({ lastHeartbeatTime }) => lastHeartbeatTime)) throw new Error("no heartbeat yet")
      })
      const asked = Date.now()
      await handle.cancel()
      await expect(handle.result()).rejects.toBeInstanceOf(WorkflowFailedError)
      expect(Date.now() - asked).toBeLessThan(60_000) // else it would be asked to stop and trained on for hours
      expect((await handle.describe()).status.name).toBe("CANCELLED")
    })
    expect(closed).toEqual(["canceled"])
  })

  it("works out forecasts and advice afterwards where that was asked for", async () => {
    const { activities, calls } = fakeActivities()
    await temporal.withWorkers(activities, async () => {
      await (await startTraining(newShop(), { thenRefresh: true })).result()
    })
    expect(calls).toEqual(["openTrainingRun demand", "judgeLines", "rebuildDemand", "trainModelVersion demand", "forecastDemand", "adviseNextItems", "adviseNextItems", "dropStaleAdvice"])
  })
})

describe("import-history", () => {
  const run = async (own: Partial<Activities>) => {
    const { activities, calls } = fakeActivities(own)
    const importId = `import-${newShop()}`
    const result = temporal.withWorkers(activities, () =>
      temporal.client.workflow.execute(WORKFLOWS.importHistory, { taskQueue: temporal.queues.light, workflowId: workflowIds("shop").importHistory(importId), args: [{ importId }] })
    )
    return { result: await result.catch((error: unknown) => error), calls }
  }

  it("judges, inserts page by page, recounts, closes", async () => {
    let pages = 0
    const { result, calls } = await run({ insertNextLines: async () => ({ inserted: 10, more: (pages += 1) < 3, unknownLocations: ["Moon", `Mars ${pages % 2}`], unknownSalesChannels: [] }) })
    expect(calls).toEqual(["judgeStagedLines", "insertNextLines", "insertNextLines", "insertNextLines", "rebuildDemand", "closeImport"])
    expect(result).toEqual({ stage: "done", inserted: 30, unknownLocations: ["Mars 0", "Mars 1", "Moon"], unknownSalesChannels: [] })
  })

  it("closes the report as failed, with the reason", async () => {
    const closed: unknown[] = []
    await run({
      insertNextLines: () => Promise.reject(ApplicationFailure.nonRetryable("line 3 is broken", "invalid_file")),
      closeImport: async ({ status, error }) => void closed.push([status, error]),
    })
    expect(closed).toEqual([["failed", "line 3 is broken"]])
  })
})
