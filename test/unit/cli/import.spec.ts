import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { importFile, type ImportOptions } from "../../../src/cli/import"
import { withStore, type StoreConnection } from "../../../src/cli/store-connection"
import type { ImportReport } from "../../../src/database/stores/import-store"
import type { StagedLine } from "../../../src/database/stores/staging-store"
import { ForesightError } from "../../../src/domain/errors"
import { addDays, type Day } from "../../../src/domain/day"

jest.mock("../../../src/cli/store-connection", () => ({ withStore: jest.fn() }))

const HEADER = "order_id,ordered_at,customer_id,sku,quantity,unit_price,currency"
const plain: ImportOptions = { json: true, dryRun: false, map: [], source: "import", shiftWeeks: false }
let folder: string
let said: string
let told: string
const reports: ImportReport[] = []
const days: Day[] = []
let failures = 0
let outcome = { unknownLocations: [] as string[], unknownSalesChannels: [] as string[] }

/** A store in memory whose worker inserts at once. */
function connection(): StoreConnection {
  const get = (id: string) => {
    const found = reports.find((one) => one.id === id)
    if (!found) throw new Error(id)
    return found
  }
  const imports = {
    ofContent: async (hash: string) => reports.filter(({ sourceHash }) => sourceHash === hash).reverse(),
    open: async (source: Pick<ImportReport, "fileName" | "sourceHash" | "format">) => {
      const counts = { linesRead: 0, linesKept: 0, linesDuplicate: 0, linesRefused: 0, resumeLine: 0, lastLine: 0 }
      const blank = { shiftWeeks: null, found: null, donePages: [], namesResolved: false }
      const report: ImportReport = { ...source, ...counts, ...blank, id: String(reports.length), status: "staging", createdAt: new Date(), finishedAt: null, excluded: {}, refusedSample: [], error: null }
      reports.push(report)
      return report
    },
    get: async (id: string) => get(id),
    update: async (id: string, change: Partial<ImportReport>) => Object.assign(get(id), change),
    finish: async (id: string, end: Partial<ImportReport>) => Object.assign(get(id), end, { finishedAt: new Date() }),
    addRefusals: async () => undefined,
  }
  const staging = {
    openWriter: async () => {
      if (failures > 0) {
        failures -= 1
        throw new ForesightError("unavailable", "Postgres: cannot be reached (gone)")
      }
      return { write: async (lines: StagedLine[]) => void days.push(...lines.map(({ day }) => day)), close: async () => undefined, abort: async () => undefined }
    },
  }
  const client = {
    startImport: async (id: string) => Object.assign(get(id), { status: "done", linesKept: days.length, finishedAt: new Date() }),
    importOutcome: async () => ({ stage: "done", inserted: days.length, ...outcome }),
  }
  return { stores: { imports, staging }, client, config: { options: { timezone: "UTC" } } } as unknown as StoreConnection
}

function file(...lines: string[]): string {
  const path = join(folder, "orders.csv")
  writeFileSync(path, [HEADER, ...lines, ""].join("\n"))
  return path
}
const importWith = (path: string, own: Partial<ImportOptions> = {}) => importFile(path, { ...plain, report: join(folder, "refused.csv"), ...own })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foresight-test-"))
  reports.length = days.length = 0
  outcome = { unknownLocations: [], unknownSalesChannels: [] }
  said = told = ""
  jest.mocked(withStore).mockImplementation((use) => use(connection()))
  jest.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((said += String(text))))
  jest.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((told += String(text))))
})
afterEach(() => {
  jest.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

describe("foresight import", () => {
  it("puts the same file on the same days when it is shifted again a week later, though the first shift was none", async () => {
    const path = file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur")
    expect(await importWith(path, { asOf: "2026-03-04" })).toBe(0)
    expect(await importWith(path, { asOf: addDays("2026-03-04", 7) })).toBe(0)
    // staged on the file's own dates; the report says how far they move
    expect(days).toEqual(["2026-03-01", "2026-03-01"])
    expect(reports.map(({ shiftWeeks }) => shiftWeeks)).toEqual([0, 0])
    await expect(importWith(path)).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("twice") as string })
    expect(days).toHaveLength(2)
  })

  it("ends as bad input when no line could be read, and asks no worker", async () => {
    await expect(importWith(file("1,yesterday,c,CUP,2,5,eur"))).rejects.toMatchObject({ code: "invalid_file", message: expect.stringContaining("all 1 were refused") as string })
    expect(said).toContain("yesterday")
    expect(reports).toMatchObject([{ status: "failed", linesRead: 1, linesRefused: 1, error: expect.stringContaining("all 1 were refused") as string }])
  })

  it("names the places of the file that the shop does not know", async () => {
    outcome = { unknownLocations: ["Moon"], unknownSalesChannels: ["Fax", "Telex"] }
    expect(await importWith(file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur"))).toBe(0)
    expect(JSON.parse(told)).toMatchObject({ unknown_locations: ["Moon"], unknown_sales_channels: ["Fax", "Telex"] })
    await importWith(file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur"), { json: false })
    expect(said).toContain("locations the shop does not know, counted at the default one: Moon\n")
    expect(said).toContain("sales channels the shop does not know, counted in the default one: Fax, Telex\n")
  })

  it("moves a history by the weeks between its last day and the day asked for", async () => {
    await importWith(file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur", "2,2026-03-10T10:00:00Z,c,CUP,2,5,eur"), { asOf: "2026-04-01" })
    expect(reports).toMatchObject([{ shiftWeeks: 3 }]) // 22 days: three whole weeks
    expect(JSON.parse(told)).toMatchObject({ shifted_weeks: 3, format: "orders", encoding: "utf-8", separator: "comma", decimal: "dot", dates: "ymd", cut: null })
  })

  it("waits for a database that is away and says so, then goes on", async () => {
    failures = 1
    expect(await importWith(file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur"))).toBe(0)
    expect(said).toContain("cannot be reached (gone); trying again in 1 s")
  })

  it("checks its options before it touches anything", async () => {
    const path = file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur")
    await expect(importWith(path, { decimal: "point" })).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining('--decimal is "point"') as string })
    await expect(importWith(path, { map: ["sku"] })).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining('--map is "sku"') as string })
    expect(reports).toEqual([])
  })

  it("says what an import would do without writing anything", async () => {
    const path = file("1,2026-03-01T10:00:00Z,c,CUP,2,5,eur", "2,yesterday,c,CUP,2,5,eur", "3,2026-03-02T10:00:00Z,c,TEST,2,5,eur")
    expect(await importWith(path, { dryRun: true })).toBe(0)
    expect(JSON.parse(told)).toMatchObject({ format: "orders", lines_read: 3, lines_kept: 2, lines_refused: 1, excluded: { test_order: 1 }, first_day: "2026-03-01", last_day: "2026-03-02", unknown_skus: null })
    expect(reports).toEqual([])
  })
})
