import type { Arrivals } from "../../../../src/database/stores/arrival-store"
import { addDays } from "../../../../src/domain/day"
import { ForesightError } from "../../../../src/domain/errors"
import { DataDesk } from "../../../../src/modules/foresight/data-desk"

const TODAY = "2026-11-22"
const key = { day: "2026-11-01", eventId: "order_1/ordli_1" }

function setUp({ arrived = [], changed = 1, isKnown = true, temporal = async () => undefined }: { arrived?: Arrivals[]; changed?: number; isKnown?: boolean; temporal?: () => Promise<undefined> } = {}) {
  let time = Date.UTC(2026, 10, 22, 12)
  const calls: unknown[] = []
  const change = (name: string) => async (...given: unknown[]) => {
    calls.push([name, ...given])
    return { changed, days: changed, left: 0 }
  }
  const stores = {
    arrivals: {
      daily: async (...given: unknown[]) => {
        calls.push(["daily", ...given])
        return arrived
      },
      lastHeard: async () => [{ source: "medusa", lastAt: new Date("2026-11-20T10:00:00Z") }],
    },
    exclusions: {
      counts: async (state: string) => (state === "set_aside" ? { bot: 3 } : { duplicate: 2 }),
      restore: change("restore"),
      restoreAll: change("restoreAll"),
      excludeByHand: change("excludeByHand"),
    },
    demand: { daysTouched: async () => 4 },
    setAside: { has: async () => isKnown },
    cleaningSettings: {
      set: async (settings: object, by: string) => {
        calls.push(["set", settings, by])
        return { ...settings, changedBy: by, changedAt: new Date(0), isWaiting: true }
      },
    },
    reconcile: {
      reconcileReports: async () => [
        { kind: "erasure", finishedAt: new Date(1), walked: {}, healed: {}, setAside: [] },
        { kind: "reconcile", finishedAt: new Date("2026-11-22T11:55:00Z"), walked: { orders: 7, returns: 1 }, healed: { orders: 2 }, setAside: [{ kind: "orders", id: "order_9", error: "?" }] },
      ],
    },
  } as unknown as ConstructorParameters<typeof DataDesk>[0]
  const desk = new DataDesk(stores, { recountDemand: temporal }, "UTC", () => new Date(time))
  return { desk, calls, pass: (ms: number) => (time += ms) }
}
const arrivals = (day: string, source: Arrivals["source"], name: Arrivals["name"], events: number): Arrivals => ({ day, source, name, events, lastAt: new Date(`${day}T09:00:00Z`) })

describe("DataDesk.overview()", () => {
  it("lays events out by day, with today's of each source and when it was last heard", async () => {
    const arrived = [arrivals("2026-11-21", "medusa", "purchase", 5), arrivals(TODAY, "storefront", "view_item", 40), arrivals(TODAY, "storefront", "search", 2), arrivals("2026-09-01", "import", "purchase", 900)]
    const overview = await setUp({ arrived }).desk.overview()
    expect(overview.days).toHaveLength(28)
    expect([overview.days[0], overview.days.at(-1)]).toEqual(["2026-10-26", TODAY])
    expect(overview.arrivals.map(({ source, name, counts }) => [source, name, counts.slice(-2)])).toEqual([
      ["medusa", "purchase", [5, 0]],
      ["storefront", "view_item", [0, 40]],
      ["storefront", "search", [0, 2]],
    ])
    expect(overview.sources).toEqual([
      { source: "medusa", today: 0, lastAt: new Date("2026-11-20T10:00:00Z") },
      { source: "storefront", today: 42, lastAt: new Date(`${TODAY}T09:00:00Z`) },
      { source: "import", today: 0, lastAt: null },
    ])
    expect(overview).toMatchObject({ setAside: { bot: 3 }, counting: { duplicate: 2 }, daysWaiting: 4, reconcile: { walked: 8, healed: 2, setAside: 1 } })
  })

  it("finds silences of the shop and the storefront, not of imports", async () => {
    const steady = (source: Arrivals["source"]) => Array.from({ length: 80 }, (_, back) => arrivals(addDays(TODAY, -3 - back), source, "view_item", 30))
    const { gaps } = await setUp({ arrived: [...steady("storefront"), ...steady("import")] }).desk.overview()
    expect(gaps).toMatchObject([{ source: "storefront", name: "view_item", fromDay: "2026-11-20", days: 2, expected: 60, isOpen: true }])
  })

  it("is read once for all who look within two seconds, and again after a change", async () => {
    const { desk, calls, pass } = setUp()
    await Promise.all([desk.overview(), desk.overview()])
    pass(1999)
    await desk.overview()
    expect(calls).toHaveLength(1)
    pass(1)
    await desk.overview()
    expect(calls).toHaveLength(2)
    await desk.restore([key], "user_1")
    await desk.overview()
    expect(calls.filter((call) => (call as unknown[])[0] === "daily")).toHaveLength(3)
  })
})

describe("DataDesk changes", () => {
  it("restores and excludes in the user's name, and says that it counts soon", async () => {
    const { desk, calls } = setUp()
    expect(await desk.restore([key], "user_1")).toEqual({ changed: 1, days: 1, left: 0, counts: "soon" })
    await desk.excludeOne(key, "user_1", "note")
    await desk.restoreAll({ reason: "bot" }, "user_1")
    expect(calls).toEqual([["restore", [key], "user_1"], ["excludeByHand", [key], "user_1", "note"], ["restoreAll", { reason: "bot", limit: 20_000 }, "user_1"]])
  })

  it("leaves the recount to the night while Temporal is away, and hides no other error", async () => {
    const away = () => Promise.reject(new ForesightError("unavailable", "Temporal: cannot be reached"))
    expect(await setUp({ temporal: away }).desk.restore([key], "user_1")).toMatchObject({ changed: 1, counts: "tonight" })
    expect((await setUp({ temporal: away }).desk.setSettings({ testOrders: { emails: [" A@x.com"], emailDomains: [], skus: [] }, duplicatesAreSetAside: true }, "user_1")).testOrders.emails).toEqual(["a@x.com"])
    await expect(setUp({ temporal: () => Promise.reject(new Error("bug")) }).desk.restore([key], "user_1")).rejects.toThrow("bug")
  })

  it("tells a line that was dealt with from one that is not there", async () => {
    expect(await setUp({ changed: 0 }).desk.restoreOne(key, "user_1")).toMatchObject({ changed: 0 })
    await expect(setUp({ changed: 0, isKnown: false }).desk.restoreOne(key, "user_1")).rejects.toThrow("Line order_1/ordli_1 of 2026-11-01 is not set aside")
    await expect(setUp({ changed: 0, isKnown: false }).desk.excludeOne(key, "user_1", null)).rejects.toThrow("does not exist")
  })
})
