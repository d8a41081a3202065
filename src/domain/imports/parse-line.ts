import { createFieldReaders, Refusal, type FieldReaders, type ImportContext } from "./field-readers"
import { isWronglyEncoded, type ImportFormat } from "./import-formats"
import type { ImportLine, ParsedLine } from "./import-line"
import { clickstreamReader, eventsReader } from "./read-browsing"
import { onlineRetailReader, ordersReader } from "./read-orders"
import { shopifyReader, wooCommerceReader } from "./read-shop-exports"

const READERS: Record<ImportFormat, (fields: FieldReaders) => (record: readonly string[], line: number) => ImportLine> = {
  orders: ordersReader,
  online_retail: onlineRetailReader,
  events: eventsReader,
  shopify: shopifyReader,
  woocommerce: wooCommerceReader,
  clickstream: clickstreamReader,
}

/**
 * Reads records of an import file, in the file's order. Strict: a broken number, date or empty id refuses the line and names the first bad column.
 * @returns A parser of one record: its fields as text, its line number for messages and reports, and whether the text has to be checked for a wrong encoding.
 */
export function createLineParser(context: ImportContext): (record: readonly string[], line: number, checkText?: boolean) => ParsedLine {
  const { format, columns, width } = context.header
  const read = READERS[format](createFieldReaders(context))
  const nameOf = (index: number) => [...columns].find(([, at]) => at === index)?.[0] ?? null
  return (record, line, checkText = true) => {
    try {
      if (record.length !== width && !isPadded(record, width)) throw new Refusal(null, record.join(","), `expected ${width} columns, found ${record.length}`)
      if (checkText) {
        const garbled = record.findIndex(isWronglyEncoded)
        if (garbled >= 0) throw new Refusal(nameOf(garbled), record[garbled] ?? "", "expected UTF-8 text; save the file as UTF-8, or name its encoding with --encoding")
      }
      return { ok: read(record, line) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { refused: { line, column: error.column, value: error.value.slice(0, 100), message: error.message } }
    }
  }
}

/** Some programs end each line with a separator too many. */
const isPadded = (record: readonly string[], width: number) => record.length > width && record.slice(width).every((field) => field.trim() === "")
