import { createImportActivities, type ImportActivityDeps } from "../../../activities/imports"
import type { StagedLine } from "../../../src/database/stores/import-store"
import type { ShopReader } from "../../../src/shop/shop-reader"
import { activityContext } from "../../support/activity-context"
import { shopReader } from "../../support/shop-builders"

const staged = (line: number, own: Partial<StagedLine> = {}): StagedLine => ({
  line,
  eventKey: `key-${line}`,
  kind: "purchase",
  orderId: `o${line}`,
  occurredAt: new Date(Date.UTC(2026, 0, line)),
  day: `2026-01-${String(line).padStart(2, "0")}`,
  customerRef: "17850",
  sku: "CUP",
  quantity: 2,
  unitPrice: 10,
  currencyCode: "gbp",
  location: null,
  salesChannel: null,
  status: null,
  description: null,
  visitorId: null,
  sessionId: null,
  searchTerm: null,
  productHandle: null,
  exclusion: null,
  exclusionDetail: null,
  ...own,
})

function setUp(lines: StagedLine[], shop: Partial<ShopReader> = {}, report: { status: string; resumeLine: number } = { status: "inserting", resumeLine: 0 }) {
  const excluded: { line: number; exclusion: string | null }[] = []
  const references: unknown[] = []
  const ended: unknown[] = []
  const page = ({ afterLine, limit }: { afterLine: number; limit: number }) => lines.filter(({ line }) => line > afterLine).slice(0, limit)
  const imports = {
    get: async () => report,
    stagedPage: async (_id: string, range: { afterLine: number; limit: number }) => page(range),
    excludeStaged: async (_id: string, marked: { line: number; exclusion: string | null }[]) => excluded.push(...marked),
    stagedReferences: async (_id: string, range: { afterLine: number; limit: number }) => ({
      skus: [...new Set(page(range).flatMap(({ sku }) => sku ?? []))],
      productHandles: [],
      customerRefs: [],
      locations: ["main", "sloc_1", "Moon"],
      salesChannels: ["WEB"],
    }),
    insertFromStaging: async (_id: string, { references: found, ...range }: { afterLine: number; limit: number; references: unknown }) => {
      references.push(found)
      const next = page(range)
      report.resumeLine = next.at(-1)?.line ?? report.resumeLine
      return { lastLine: next.at(-1)?.line ?? null, inserted: next.length, duplicates: 0, excluded: 0 }
    },
    finish: async (...args: unknown[]) => ended.push(args),
  } as unknown as ImportActivityDeps["stores"]["imports"]
  const context = activityContext()
  return { activities: createImportActivities({ stores: { imports }, reader: shopReader(shop), context: () => context }), excluded, references, ended, report }
}

describe("judgeStagedLines()", () => {
  it("voids a sale with the later cancellation of the same customer, SKU and quantity", async () => {
    const { activities, excluded } = setUp([staged(1), staged(2, { quantity: 5 }), staged(3, { kind: "refund" }), staged(4, { kind: "refund", quantity: 9 })])
    expect(await activities.judgeStagedLines({ importId: "one" })).toEqual({ voided: 1 })
    expect(excluded).toEqual([{ line: 1, exclusion: "voided_by_cancellation", detail: null }, { line: 3, exclusion: "cancellation", detail: null }]) // the fourth is a return
  })

  it("changes nothing when it is repeated", async () => {
    const { activities, excluded } = setUp([staged(1, { exclusion: "voided_by_cancellation" }), staged(3, { kind: "refund", exclusion: "cancellation" })])
    await activities.judgeStagedLines({ importId: "one" })
    expect(excluded).toEqual([])
  })

  it("leaves lines alone that do not count for another reason", async () => {
    const { activities, excluded } = setUp([staged(1, { exclusion: "test_order" }), staged(3, { kind: "refund" })])
    await activities.judgeStagedLines({ importId: "one" })
    expect(excluded).toEqual([])
  })

  it("does not judge again once lines have become events", async () => {
    const { activities, excluded } = setUp([staged(1), staged(3, { kind: "refund" })], {}, { status: "inserting", resumeLine: 1 })
    await activities.judgeStagedLines({ importId: "one" })
    expect(excluded).toEqual([])
  })
})

describe("insertNextLines()", () => {
  it("inserts until no line is left, asking the shop for each name once", async () => {
    const asked: string[][] = []
    const lines = Array.from({ length: 12_000 }, (_, at) => staged(at + 1, { day: "2026-01-01", sku: at % 2 ? "CUP" : "NOPE" }))
    const { activities, references, report } = setUp(lines, {
      variantsBySku: async (skus) => {
        asked.push([...skus])
        return skus.filter((sku) => sku === "CUP").map((sku) => ({ sku, variantId: "variant_1", productId: "prod_1" }))
      },
    })
    // the file of every page names the places "main", "sloc_1", "Moon" and "WEB"; the shop has no Moon
    expect(await activities.insertNextLines({ importId: "one" })).toEqual({ inserted: 12_000, more: false, unknownLocations: ["Moon"], unknownSalesChannels: [] })
    expect(asked).toEqual([["NOPE", "CUP"]])
    expect(report.resumeLine).toBe(12_000)
    expect(references[0]).toMatchObject({
      skus: [{ sku: "CUP", variantId: "variant_1", productId: "prod_1" }],
      locations: [{ name: "main", locationId: "sloc_1" }, { name: "sloc_1", locationId: "sloc_1" }],
      salesChannels: [{ name: "WEB", salesChannelId: "sc_1" }],
      defaultLocationId: "sloc_1",
    })
  })

  it("ends a step after 100,000 lines, so that a retry repeats little", async () => {
    const { activities } = setUp(Array.from({ length: 100_001 }, (_, at) => staged(at + 1, { day: "2026-01-01" })))
    expect(await activities.insertNextLines({ importId: "one" })).toMatchObject({ inserted: 100_000, more: true })
    expect(await activities.insertNextLines({ importId: "one" })).toMatchObject({ inserted: 1, more: false })
  })
})
