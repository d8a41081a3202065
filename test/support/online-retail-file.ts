import { createReadStream, existsSync } from "node:fs"
import { resolve } from "node:path"
import { inflate } from "../../src/imports/inflate"
import { RecordSplitter } from "../../src/imports/record-splitter"
import { TextDecoding } from "../../src/imports/text-decoding"

const FILE = resolve(__dirname, "../../../shared/data/online_retail.csv.gz")
const present = existsSync(FILE)

/** `describe` where the data is there; else a skip whose name says why. */
export const describeOnlineRetail = (name: string, body: () => void): void => (present ? describe : describe.skip)(present ? name : `${name} (skipped: ${FILE} is not there)`, body)

/** The file's records with the number of their line, the header first. @throws Error for a record that cannot be split. */
export async function* onlineRetailRecords(): AsyncGenerator<{ fields: string[]; line: number }[]> {
  const decoding = new TextDecoding()
  const splitter = new RecordSplitter(",")
  const whole = (records: ReturnType<typeof splitter.push>) =>
    records.map((record) => {
      if ("broken" in record) throw new Error(record.broken)
      return record
    })
  for await (const chunk of inflate(createReadStream(FILE, { highWaterMark: 1 << 20 }), () => undefined)) yield whole(splitter.push(decoding.write(chunk)))
  yield whole(splitter.end().records)
}
