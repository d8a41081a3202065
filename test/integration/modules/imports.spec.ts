import { createDemandActivities } from "../../../activities/demand"
import { createImportActivities } from "../../../activities/imports"
import { parseFileChoices, readOptions } from "../../../src/imports/import-options"
import { readImport } from "../../../src/imports/import-reader"
import { stageLines } from "../../../src/imports/stage-import"
import { activityContext } from "../../support/activity-context"
import { openTestDatabase, type TestDatabase } from "../../support/database"
import { shopReader } from "../../support/shop-builders"

const HEADER = "order_id,ordered_at,customer_id,sku,quantity,unit_price,currency\n"
const CHUNK = 200_000

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() =>
  database.dataSource.query(
    "TRUNCATE foresight.event, foresight.demand_touched, foresight.demand_day, foresight.excluded_line, foresight.import_report, foresight.import_staging, foresight.import_name, foresight.import_refusal"
  )
)

/** What happens after so many bytes of a file, once. */
interface Incident {
  after: number
  happens: () => Promise<void>
}
const killedAfter = (after: number): Incident => ({ after, happens: () => Promise.reject(new Error("killed")) })

async function* bytesOf(text: string, incident?: Incident): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += CHUNK) {
    if (incident && at >= incident.after && at - CHUNK < incident.after) await incident.happens()
    yield Buffer.from(text.slice(at, at + CHUNK))
  }
}

/** What the command does before it starts the workflow. */
async function stage(text: string, hash: string, incident?: Incident) {
  const { imports } = database.stores
  const options = readOptions("orders.csv", parseFileChoices({}), { timeZone: "UTC", now: new Date("2026-11-22T00:00:00Z"), isShifted: false })
  const { facts, batches } = await readImport(bytesOf(text, incident), options)
  const report = await imports.open({ fileName: "orders.csv", sourceHash: hash, format: facts.header.format })
  const hooks = { onRefused: () => Promise.resolve(), onLines: () => undefined }
  const summary = await stageLines(database.stores, report, { facts, batches, source: "import", hooks })
  return imports.update(report.id, { status: "inserting", lastLine: summary.lastLine, linesRead: summary.read })
}

function worker(context = activityContext()) {
  const reader = shopReader({
    variantsBySku: async (skus) => skus.map((sku) => ({ sku, variantId: `variant_${sku}`, productId: `prod_${sku}` })),
    customersByRef: async (refs) => refs.filter((ref) => ref === "ann").map((ref) => ({ ref, customerId: "cus_ann" })),
  })
  return {
    ...createImportActivities({ stores: database.stores, reader, timeZone: "UTC", context: () => context }),
    ...createDemandActivities({ stores: database.stores, today: () => "2026-11-22", context: () => context }),
  }
}
/** What the workflow does. */
async function finish(importId: string) {
  const { judgeStagedLines, insertNextLines, rebuildDemand, closeImport } = worker()
  await judgeStagedLines({ importId })
  while ((await insertNextLines({ importId })).more) void 0
  await rebuildDemand()
  await closeImport({ importId, status: "done", error: null })
  return database.stores.imports.get(importId)
}
const demand = () => database.dataSource.query<{ variant: string; units: number }[]>("SELECT variant_id AS variant, sum(units) AS units FROM foresight.demand_day GROUP BY 1 ORDER BY 1")

describe("an import that is interrupted", () => {
  // 130,000 lines: a commit of 100,000 and a rest, three pages; every third order has the same line twice
  const LINES = 130_000
  const rows = Array.from({ length: LINES }, (_, at) => `o${Math.floor(at / 3)},2026-0${1 + (at % 3)}-05,c${at % 500},S${(at % 3) % 2},1,5,eur\n`)
  const file = HEADER + rows.join("")

  it("goes on after the last committed line and the last page, and ends in the rows of one that ran through", async () => {
    await expect(stage(file, "one", killedAfter(file.length * 0.9))).rejects.toThrow("killed")
    const [torn] = await database.stores.imports.ofContent("one")
    expect(torn).toMatchObject({ status: "staging" })
    expect(torn!.resumeLine).toBeGreaterThanOrEqual(100_000)
    expect((await database.stores.staging.span(torn!.id)).lastLine).toBe(torn!.resumeLine)

    const { id } = await stage(file, "one")
    expect(id).toBe(torn!.id)
    const { judgeStagedLines } = worker()
    await judgeStagedLines({ importId: id })
    await database.stores.staging.insertPage(id, 1, { timeZone: "UTC", defaultLocationId: null, defaultSalesChannelId: null })
    // the worker was killed here: page 1 is done, the others are not
    expect(await finish(id)).toMatchObject({ status: "done", linesKept: LINES, linesDuplicate: 0 })

    const again = await stage(file, "one")
    expect(again.id).not.toBe(id)
    expect(await finish(again.id)).toMatchObject({ status: "done", linesKept: 0, linesDuplicate: LINES })
    // S1: the second of each three lines
    expect(await demand()).toEqual([{ variant: "variant_S0", units: LINES - Math.floor((LINES + 1) / 3) }, { variant: "variant_S1", units: Math.floor((LINES + 1) / 3) }])
    expect(await database.dataSource.query("SELECT count(*)::int AS rows FROM foresight.event")).toEqual([{ rows: LINES }])
  })
})

describe("an import that another process cancels while its file is read", () => {
  it("stops at the next commit, stays canceled, and keeps nothing staged", async () => {
    const { imports, staging } = database.stores
    const file = HEADER + Array.from({ length: 230_000 }, (_, at) => `o${at},2026-05-01,c,CUP,1,5,eur\n`).join("")
    const cancel = async () => {
      const [report] = await imports.ofContent("theirs")
      expect(report!.resumeLine).toBeGreaterThanOrEqual(100_000)
      await imports.finish(report!.id, { status: "canceled" })
      await staging.clear(report!.id)
    }
    await expect(stage(file, "theirs", { after: file.length * 0.7, happens: cancel })).rejects.toMatchObject({ code: "canceled", message: expect.stringContaining("it is canceled") as string })
    const [report] = await imports.ofContent("theirs")
    expect(report).toMatchObject({ status: "canceled", finishedAt: expect.any(Date) as Date })
    expect((await staging.span(report!.id)).lines).toBe(0)
    // the next try begins a new one and brings all of it
    const again = await stage(file, "theirs")
    expect(again).toMatchObject({ status: "inserting", finishedAt: null, resumeLine: 230_001 })
    expect((await staging.span(again.id)).lines).toBe(230_000)
  })
})

describe("a cancellation in a later file", () => {
  it.each(["ann", "a stranger"])("voids the sale that an earlier file brought of %s, and only that one", async (who) => {
    const sale = (order: string, day: string) => `${order},2026-05-${day},${who},CUP,2,5,eur\n`
    await finish((await stage(HEADER + sale("1", "01") + sale("2", "02") + sale("3", "20"), "first")).id)
    expect(await demand()).toEqual([{ variant: "variant_CUP", units: 6 }])
    const later = await stage(`${HEADER}C2,2026-05-03,${who},CUP,-2,5,eur\n`, "second")
    expect(await finish(later.id)).toMatchObject({ status: "done", excluded: { cancellation: 1 } })
    // the latest before the cancellation: order 2
    expect(await demand()).toEqual([{ variant: "variant_CUP", units: 4 }])
    expect(await database.stores.exclusions.counts()).toEqual({ cancellation: 1, voided_by_cancellation: 1 })
    // the same file again: nothing more is voided
    await finish((await stage(`${HEADER}C2,2026-05-03,${who},CUP,-2,5,eur\n`, "second")).id)
    expect(await demand()).toEqual([{ variant: "variant_CUP", units: 4 }])
  })
})

describe("two workers at one import", () => {
  it("double nothing", async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => `o${at},2026-05-01,c,CUP,1,5,eur\n`)
    const { id } = await stage(HEADER + rows.join(""), "both")
    const [one, two] = [worker(), worker()]
    await one.judgeStagedLines({ importId: id })
    await Promise.all([one.insertNextLines({ importId: id }), two.insertNextLines({ importId: id })])
    expect(await database.stores.imports.get(id)).toMatchObject({ linesKept: 3_000, linesDuplicate: 0 })
  })
})
