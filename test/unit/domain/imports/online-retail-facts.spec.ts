import { createReadStream, existsSync } from "node:fs"
import { resolve } from "node:path"
import { finished } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import { parse } from "csv-parse"
import { exclusionReason } from "../../../../src/domain/imports/exclusion-rules"
import { detectImportFormat } from "../../../../src/domain/imports/import-formats"
import { matchCancellations, type CancellationCandidate } from "../../../../src/domain/imports/match-cancellations"
import { parseLine, type ImportContext } from "../../../../src/domain/imports/parse-line"
import { createZoneClock } from "../../../../src/domain/imports/zone-clock"

const FILE = resolve(__dirname, "../../../../../shared/data/online_retail.csv.gz")
const present = existsSync(FILE)
const describeWithData = present ? describe : describe.skip

describeWithData(`the rules on UCI Online Retail${present ? "" : ` (skipped: ${FILE} is not there)`}`, () => {
  const counts = { lines: 0, refused: 0, cancellations: 0, refunds: 0, withoutCustomer: 0, excluded: {} as Record<string, number> }
  const verdicts = { sale: 0, voided_by_cancellation: 0, cancellation: 0, return: 0 }

  beforeAll(async () => {
    let context: ImportContext | undefined
    let line = 0
    const rows: CancellationCandidate[] = []
    const take = (record: string[]) => {
      line += 1
      if (!context) {
        context = { header: detectImportFormat(record), clock: createZoneClock("Europe/London"), notAfter: null }
        return
      }
      counts.lines += 1
      const parsed = parseLine(record, line, context)
      if ("refused" in parsed) {
        counts.refused += 1
        return
      }
      const { orderId, customerRef, kind, sku, quantity, occurredAt } = parsed.ok
      if (orderId?.startsWith("C")) counts.cancellations += 1
      if (kind === "refund") counts.refunds += 1
      if (customerRef === null) counts.withoutCustomer += 1
      const reason = exclusionReason(parsed.ok, { format: "online_retail", knowsSku: null })
      if (reason) counts.excluded[reason] = (counts.excluded[reason] ?? 0) + 1
      else rows.push({ kind: kind as "purchase" | "refund", customerRef, sku: sku as string, quantity: quantity as number, at: occurredAt.getTime() })
    }
    // By events: `for await` over half a million records costs more than reading them.
    const reader = createReadStream(FILE).pipe(createGunzip()).pipe(parse())
    reader.on("data", take)
    await finished(reader)
    const groupOf = ({ customerRef, sku }: CancellationCandidate) => `${customerRef}\n${sku}`
    const sorted = rows.map((row) => ({ ...row, group: groupOf(row) })).sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.at - b.at))
    for (const { verdict } of matchCancellations(sorted)) verdicts[verdict] += 1
  }, 180_000)

  // Published by UCI and counted again in shared/data/README.md.
  it("reads all 541,909 lines: 9,288 cancellations, 135,080 without a customer", () => {
    expect(counts).toMatchObject({ lines: 541_909, refused: 0, cancellations: 9288, refunds: 9288, withoutCustomer: 135_080 })
  })
  it("finds the non-products, and keeps the rest", () => {
    // POST 1256 + DOT 710 + M 571 + m 1 + C2 144 + D 77 + S 63 + BANK CHARGES 37 + AMAZONFEE 34 + CRUK 16 + PADS 4 + B 3 + gift vouchers 34 (counted with Python).
    expect(counts.excluded.non_product).toBe(2950)
    // 1,336 lines with a quantity ≤ 0 are no C invoice (counted with Python); some of them bear a non-product code.
    expect(counts.excluded.non_positive_quantity).toBeGreaterThan(1300)
    expect(counts.excluded.non_positive_quantity).toBeLessThanOrEqual(1336)
  })
  it("voids one sale for each cancellation that matches, and takes the others for returns", () => {
    expect(verdicts.voided_by_cancellation).toBe(verdicts.cancellation)
    expect(verdicts.cancellation).toBeGreaterThan(2000)
    expect(verdicts.return).toBeGreaterThan(1000)
    expect(verdicts.cancellation + verdicts.return).toBeLessThan(9288)
  })
})
