import { detectSeparator } from "../domain/imports/file-style"
import { ForesightError } from "../domain/errors"
import { inflate } from "../imports/inflate"
import { RecordSplitter, type CsvRecord } from "../imports/record-splitter"
import { TextDecoding } from "../imports/text-decoding"

export type SalesRecord = CsvRecord

/** Records of a CSV file in batches, the header first; plain or gzip, any encoding and separator that imports know.
 * @throws ForesightError `invalid_file` for a gzip that is broken or was cut short. */
export async function* salesRecords(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<CsvRecord[]> {
  const decoding = new TextDecoding()
  let splitter: RecordSplitter | null = null
  let head = ""
  let cut: string | null = null
  for await (const chunk of inflate(bytes, (why) => (cut = why))) {
    const text = decoding.write(chunk)
    if (splitter) {
      yield splitter.push(text)
      continue
    }
    head += text
    if (!/[\n\r]/.test(head)) continue
    splitter = splitterFor(head)
    yield splitter.push(head)
  }
  if (cut !== null) throw new ForesightError("invalid_file", `${name} cannot be read to its end: the gzip is broken or was cut short (${String(cut)})`)
  const rest = decoding.end()
  if (splitter) yield splitter.push(rest)
  else {
    splitter = splitterFor(head + rest)
    yield splitter.push(head + rest)
  }
  yield splitter.end().records
}

const splitterFor = (head: string) => new RecordSplitter(detectSeparator(head.trimStart().split(/[\n\r]/, 1)[0] ?? ""))
