import { parse } from "csv-parse/sync"
import { eventsToCsv, ordersToCsv, simulateShop, SMALL_SCALE } from "../../../../demo/simulator"
import { detectImportFormat } from "../../../../src/domain/imports/import-formats"
import { createLineParser } from "../../../../src/domain/imports/parse-line"
import { createZoneClock } from "../../../../src/domain/imports/zone-clock"

const shop = simulateShop({ seed: 3, asOf: "2026-03-01", scale: SMALL_SCALE })
/** The file read back by an independent CSV reader, and each line by the importer's rules. */
function readBack(lines: Iterable<string>) {
  const [header, ...records] = parse([...lines].join(""))
  const detected = detectImportFormat(header as string[])
  const context = { header: detected, clock: createZoneClock("UTC"), notAfter: Date.parse("2026-03-02T00:00:00Z") - 1 }
  const parseLine = createLineParser(context)
  const refused = records.map((record, index) => parseLine(record, index + 2)).filter((line) => "refused" in line)
  return { format: detected.format, ignored: detected.ignored, refused, records }
}

describe("ordersToCsv() and eventsToCsv()", () => {
  it("write what the importer reads, line for line", () => {
    const orders = readBack(ordersToCsv(shop))
    expect(orders).toMatchObject({ format: "orders", ignored: [], refused: [] })
    expect(orders.records).toEqual([...shop.orders()].map((line) => Object.values(line).map(String)))
    const events = readBack(eventsToCsv(shop))
    expect(events).toMatchObject({ format: "events", ignored: [], refused: [] })
    expect(events.records).toEqual([...shop.events()].map((event) => Object.values(event).map(String)))
  })
  it("quote commas, quotes and line ends", () => {
    const line = { ...([...shop.orders()][0] as ReturnType<typeof shop.orders> extends Iterable<infer Line> ? Line : never), sku: 'A,"1"\nB' }
    const [, record] = parse([...ordersToCsv({ orders: () => [line] })].join(""))
    expect(record?.[3]).toBe('A,"1"\nB')
  })
})
