import { backfill } from "../../../src/cli/backfill"
import { withStore } from "../../../src/cli/store-connection"
import type { ReconcileCounts } from "../../../workflows/reconcile-shop"

jest.mock("../../../src/cli/store-connection")

const counts: ReconcileCounts = { orders: 12, returns: 1, claims: 2, exchanges: 0, recovered: 3, levels: 4, joined: 0, prices: 5, promotions: 0 }

/** A walk that is seen running once and then ends with these counts. */
function walk(end: ReconcileCounts) {
  const asked: unknown[] = []
  const states = [{ status: "running", progress: { stage: "orders", counts: { ...counts, orders: 6 }, ordersTotal: 12 } }, { status: "completed", progress: null }]
  const client = {
    startBackfill: async (input: unknown) => void asked.push(input),
    backfillState: async () => states.shift(),
    backfillResult: async () => end,
  }
  jest.mocked(withStore).mockImplementation((use) => use({ client } as unknown as Parameters<typeof use>[0]))
  return asked
}

describe("foresight backfill", () => {
  let out: string
  let said: string
  beforeEach(() => {
    out = ""
    said = ""
    jest.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((out += String(text))))
    jest.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((said += String(text))))
  })
  afterEach(() => jest.restoreAllMocks())

  it("walks from the very first order, follows the walk and tells what it did", async () => {
    const asked = walk(counts)
    expect(await backfill({ json: true, sinceLast: false })).toBe(0)
    expect(asked).toEqual([{ fromStart: true }])
    expect(JSON.parse(out)).toMatchObject({ orders: 12, returns: 1, claims: 2, healed: 3, prices: 5, set_aside: [] })
    expect(said).toContain("orders 50% 3 rows healed")
  })

  it("ends as failed where an order had to be set aside, and names it", async () => {
    const asked = walk({ ...counts, setAside: [{ kind: "order", id: "order_9", error: "TypeError: no currency" }] })
    expect(await backfill({ json: false, sinceLast: true })).toBe(1)
    expect(asked).toEqual([{ fromStart: false }])
    expect(said).toContain("order_9 set aside: TypeError: no currency")
    expect(out).toContain("orders read")
  })
})
