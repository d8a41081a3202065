import type { ResolvedName, StagedLine, StagingStore } from "../../src/database/stores/staging-store"
import { openTestDatabase, type TestDatabase } from "./database"

export const stagedLine = (number: number, overrides: Partial<StagedLine> = {}): StagedLine => ({
  line: number,
  eventKey: `key ${number}`,
  kind: "purchase",
  orderId: `order ${number}`,
  occurredAt: new Date("2010-12-01T08:26:00Z"),
  day: "2010-12-01",
  customerRef: null,
  sku: "A",
  quantity: 1,
  unitPrice: 2.55,
  currencyCode: "gbp",
  location: null,
  salesChannel: null,
  visitorId: null,
  sessionId: null,
  searchTerm: null,
  productHandle: null,
  exclusion: null,
  exclusionDetail: null,
  ...overrides,
})

export const found = (name: string, id: string | null = null, otherId: string | null = null): ResolvedName => ({ name, id, otherId })
export const source = { fileName: "orders.csv", sourceHash: "hash", format: "orders" as const }
export const shop = { timeZone: "Europe/London", defaultLocationId: "sloc_default", defaultSalesChannelId: null }

/** A database of its own for a spec about imports, emptied after each test, and the ways of lines into it. */
export function importDatabase() {
  let opened: TestDatabase
  beforeAll(async () => {
    opened = await openTestDatabase()
  })
  afterAll(() => opened.close())
  afterEach(() =>
    opened.dataSource.query(
      "TRUNCATE foresight.event, foresight.demand_touched, foresight.excluded_line, foresight.import_report, foresight.import_staging, foresight.import_name, foresight.import_refusal"
    )
  )
  const database = {
    get stores() {
      return opened.stores
    },
    get dataSource() {
      return opened.dataSource
    },
  }
  return {
    database,
    async stage(lines: StagedLine[], { fromLine = 0, sourceHash = "hash" } = {}) {
      const { imports, staging } = database.stores
      const report = await imports.open({ ...source, sourceHash })
      const writer = await staging.openWriter(report.id, fromLine)
      await writer.write(lines)
      await writer.close()
      await imports.update(report.id, { resumeLine: lines.at(-1)?.line ?? 0, lastLine: lines.at(-1)?.line ?? 0 })
      return report.id
    },
    /** As the activities do it: names, pages. */
    async insertAll(id: string, weeks: number | null = null): Promise<Awaited<ReturnType<StagingStore["insertPage"]>>> {
      const { imports, staging } = database.stores
      await imports.update(id, { status: "inserting", ...(weeks !== null && { shiftWeeks: weeks }) })
      await staging.saveNames(id, "sku", [found("A", "variant_a", "prod_a"), found("UNKNOWN")])
      await staging.saveNames(id, "product", [found("shirt", "prod_s", "variant_s")])
      await staging.saveNames(id, "customer", [found("ann@example.com", "cus_ann"), found("bob@example.com"), found("Bob@Example.com ")])
      await staging.saveNames(id, "location", [found("Berlin", "sloc_b"), found("Atlantis")])
      await staging.saveNames(id, "sales_channel", [found("Shop", "sc_s")])
      await staging.namesAreSaved(id)
      return staging.insertPage(id, 0, shop)
    },
    events: () => database.dataSource.query<{ id: string; day: string }[]>("SELECT event_id AS id, day::text AS day FROM foresight.event ORDER BY 1"),
    staged: (id: string) => database.dataSource.query<Record<string, unknown>[]>("SELECT * FROM foresight.import_staging WHERE import_id = $1 ORDER BY line", [id]),
  }
}
