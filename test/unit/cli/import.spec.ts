import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { importFile, type ImportOptions } from "../../../src/cli/import"
import { withStore, type StoreConnection } from "../../../src/cli/store-connection"
import type { ImportReport, StagedLine } from "../../../src/database/stores/import-store"
import { addDays, type Day } from "../../../src/domain/day"

jest.mock("../../../src/cli/store-connection", () => ({ withStore: jest.fn() }))

const HEADER = "order_id,ordered_at,customer_id,sku,quantity,unit_price,currency"
const plain: ImportOptions = { json: true, dryRun: false, map: [], source: "import", shiftWeeks: false }
let folder: string
let said: string
let told: string
const reports: ImportReport[] = []
const days: Day[] = []
let outcome = { unknownLocations: [] as string[], unknownSalesChannels: [] as string[] }

/** A store in memory whose worker inserts at once. */
function connection(): StoreConnection {
  const get = (id: string) => {
    const found = reports.find((one) => one.id === id)
    if (!found) throw new Error(id)
    return found
  }
  const imports = {
    list: async () => ({ imports: [...reports].reverse(), count: reports.length }),
    open: async (source: Pick<ImportReport, "fileName" | "sourceHash" | "format">) => {
      const counts = { linesRead: 0, linesKept: 0, linesDuplicate: 0, linesRefused: 0, resumeLine: 0 }
      const report: ImportReport = { ...source, ...counts, id: String(reports.length), status: "staging", createdAt: new Date(), finishedAt: null, excluded: {}, refusedSample: [], error: null }
      reports.push(report)
      return report
    },
    get: async (id: string) => get(id),
    update: async (id: string, change: Partial<ImportReport>) => Object.assign(get(id), change),
    finish: async (id: string, end: Partial<ImportReport>) => Object.assign(get(id), end, { finishedAt: new Date() }),
    openStaging: async () => ({ write: async (lines: StagedLine[]) => void days.push(...lines.map(({ day }) => day)), close: async () => undefined, abort: async () => undefined }),
    stagedSpan: async () => ({ lines: days.length, firstDay: null, lastDay: null }),
  }
  const client = {
    startImport: async (id: string) => Object.assign(get(id), { status: "done", linesKept: days.length, finishedAt: new Date() }),
    importOutcome: async () => ({ stage: "done", inserted: days.length, ...outcome }),
  }
  return { stores: { imports }, client, config: { options: { timezone: "UTC" } } } as unknown as StoreConnection
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
    expect(days).toEqual(["2026-03-01", "2026-03-01"])
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
})
