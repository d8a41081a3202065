import { createImportActivities, type ImportActivityDeps } from "../../../activities/imports"
import type { CancellationRow, NameKind, ResolvedName } from "../../../src/database/stores/staging-store"
import type { ShopReader } from "../../../src/shop/shop-reader"
import { activityContext } from "../../support/activity-context"
import { shopReader } from "../../support/shop-builders"

const row = (line: number | null, own: Partial<CancellationRow> = {}): CancellationRow => ({
  line,
  eventId: null,
  day: null,
  kind: "purchase",
  customerRef: "17850",
  sku: "CUP",
  quantity: 2,
  at: Date.UTC(2026, 0, line ?? 1),
  exclusion: null,
  ...own,
})

/** A report with three pages of lines, and a staging table that holds what the test gives. */
function setUp({ rows = [], names = {}, report: own = {}, staged = true, shop = {} }: { rows?: CancellationRow[]; names?: Partial<Record<NameKind, string[]>>; report?: object; staged?: boolean; shop?: Partial<ShopReader> } = {}) {
  const excluded: { line: number; exclusion: string | null }[] = []
  const voided: { day: string; eventId: string }[] = []
  const saved: Partial<Record<NameKind, ResolvedName[]>> = {}
  const pages: number[] = []
  const ended: unknown[] = []
  const report = { id: "one", status: "inserting", lastLine: 120_000, donePages: [] as number[], namesResolved: false, shiftWeeks: null, ...own }
  const finish = async (id: string, end: { status: string }) => {
    ended.push([id, end])
    return report.status === "staging" ? report : { ...report, status: end.status }
  }
  const imports = { get: async () => report, finish }
  const staging = {
    has: async () => staged,
    kindsNamed: async () => Object.keys(names) as NameKind[],
    unresolvedNames: async (_id: string, kind: NameKind) => names[kind] ?? [],
    saveNames: async (_id: string, kind: NameKind, found: ResolvedName[]) => void (saved[kind] = [...(saved[kind] ?? []), ...found]),
    namesAreSaved: async () => void (report.namesResolved = true),
    unknownNames: async (_id: string, kind: NameKind) => (saved[kind] ?? []).filter(({ id }) => id === null).map(({ name }) => name),
    cancellationRows: async function* () {
      yield rows.slice(0, 1)
      yield rows.slice(1)
    },
    exclude: async (_id: string, lines: typeof excluded) => excluded.push(...lines),
    voidStored: async (_id: string, sales: typeof voided) => voided.push(...sales),
    insertPage: async (_id: string, page: number) => {
      pages.push(page)
      return { inserted: page === 2 ? 20_000 : 50_000, duplicates: 0, excluded: 0 }
    },
    clear: async (id: string) => ended.push(`cleared ${id}`),
  }
  const context = activityContext()
  const stores = { imports, staging } as unknown as ImportActivityDeps["stores"]
  return { activities: createImportActivities({ stores, reader: shopReader(shop), timeZone: "UTC", context: () => context }), excluded, voided, saved, pages, ended, report }
}

describe("judgeStagedLines()", () => {
  it("voids a sale with the later cancellation of the same customer, SKU and quantity", async () => {
    const { activities, excluded } = setUp({ rows: [row(1), row(2, { quantity: 5 }), row(3, { kind: "refund" }), row(4, { kind: "refund", quantity: 9 })] })
    expect(await activities.judgeStagedLines({ importId: "one" })).toEqual({ voided: 1 })
    expect(excluded).toEqual([{ line: 1, exclusion: "voided_by_cancellation" }, { line: 3, exclusion: "cancellation" }]) // the fourth is a return
  })

  it("voids a sale that an earlier import stored", async () => {
    const { activities, excluded, voided } = setUp({ rows: [row(null, { eventId: "key", day: "2026-01-01" }), row(3, { kind: "refund" })] })
    expect(await activities.judgeStagedLines({ importId: "one" })).toEqual({ voided: 1 })
    expect(voided).toEqual([{ day: "2026-01-01", eventId: "key" }])
    expect(excluded).toEqual([{ line: 3, exclusion: "cancellation" }])
  })

  it("changes nothing when it is repeated", async () => {
    const { activities, excluded } = setUp({ rows: [row(1, { exclusion: "voided_by_cancellation" }), row(3, { kind: "refund", exclusion: "cancellation" })] })
    await activities.judgeStagedLines({ importId: "one" })
    expect(excluded).toEqual([])
  })

  it("does not judge again once lines have become events", async () => {
    const { activities, excluded } = setUp({ rows: [row(1), row(3, { kind: "refund" })], report: { donePages: [1] } })
    await activities.judgeStagedLines({ importId: "one" })
    expect(excluded).toEqual([])
  })

  it("says so when a crash of Postgres emptied the staging table, instead of ending with lines missing", async () => {
    const { activities, pages } = setUp({ staged: false })
    await expect(activities.judgeStagedLines({ importId: "one" })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("import the same file again") as string })
    await expect(activities.insertNextLines({ importId: "one" })).rejects.toMatchObject({ code: "conflict" })
    expect(pages).toEqual([])
  })

  it("matches while the shop is asked, and fails where the shop cannot answer: the next try says the same", async () => {
    const away = { variantsBySku: () => Promise.reject(new Error("the shop is away")) }
    const { activities, excluded, report } = setUp({ rows: [row(1), row(3, { kind: "refund" })], names: { sku: ["CUP"] }, shop: away })
    await expect(activities.judgeStagedLines({ importId: "one" })).rejects.toThrow("the shop is away")
    expect(excluded).toHaveLength(2)
    expect(report.namesResolved).toBe(false)
  })

  it("asks the shop for each name once and keeps what it does not know", async () => {
    const asked: string[][] = []
    const { activities, saved, report } = setUp({
      names: { sku: ["NOPE", "CUP"], location: ["MAIN", "sloc_1", "Moon"], customer: Array.from({ length: 2500 }, (_, at) => `c${at}`) },
      shop: {
        variantsBySku: async (skus) => skus.filter((sku) => sku === "CUP").map((sku) => ({ sku, variantId: "variant_1", productId: "prod_1" })),
        customersByRef: async (refs) => {
          asked.push([...refs])
          return []
        },
      },
    })
    await activities.judgeStagedLines({ importId: "one" })
    expect(asked.map(({ length }) => length)).toEqual([1000, 1000, 500])
    expect(saved.sku).toEqual([{ name: "NOPE", id: null, otherId: null }, { name: "CUP", id: "variant_1", otherId: "prod_1" }])
    expect(saved.location).toEqual([{ name: "MAIN", id: "sloc_1", otherId: null }, { name: "sloc_1", id: "sloc_1", otherId: null }, { name: "Moon", id: null, otherId: null }])
    expect(report.namesResolved).toBe(true)
  })
})

describe("insertNextLines()", () => {
  it("inserts the pages that are left and names the places nobody knows", async () => {
    const { activities, pages } = setUp({ names: { location: ["Moon"] }, report: { donePages: [0] } })
    expect(await activities.insertNextLines({ importId: "one" })).toEqual({ inserted: 70_000, more: false, unknownLocations: ["Moon"], unknownSalesChannels: [] })
    expect(pages.sort()).toEqual([1, 2])
  })

  it("ends a step after forty pages", async () => {
    const { activities, pages } = setUp({ report: { lastLine: 41 * 50_000 } })
    expect(await activities.insertNextLines({ importId: "one" })).toMatchObject({ more: true })
    expect(pages).toHaveLength(40)
  })
})

describe("closeImport()", () => {
  it.each([["done", true], ["canceled", true], ["failed", false]] as const)("after %s: staged lines removed %s", async (status, cleared) => {
    const { activities, ended } = setUp()
    await activities.closeImport({ importId: "one", status, error: null })
    expect(ended.includes("cleared one")).toBe(cleared)
    expect(ended[0]).toEqual(["one", { status, error: null, by: "workflow" }])
  })

  it("leaves the lines of a file that is staged again since", async () => {
    const { activities, ended } = setUp({ report: { status: "staging" } })
    await activities.closeImport({ importId: "one", status: "canceled", error: null })
    expect(ended).not.toContain("cleared one")
  })
})
