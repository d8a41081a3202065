import { z } from "zod"
import { ForesightError } from "../domain/errors"
import { isOurColumn } from "../domain/imports/import-formats"
import { createZoneClock } from "../domain/imports/zone-clock"
import type { ReadOptions } from "./import-reader"
import { ENCODINGS } from "./text-decoding"

const text = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\u0000-\u001f]*$/, "expected no control character")

/** What may be said of a file, by the command line and by the admin alike; what is left out is found out. */
export const fileChoices = {
  source: text.max(64).default("import").describe("names the shop the file comes from: a longer export of the same source doubles nothing"),
  map: z
    .union([text, z.array(text).max(50)])
    .transform((pairs) => (typeof pairs === "string" ? [pairs] : pairs))
    .default([])
    .describe("OURS=THEIRS: the file's name of a column"),
  encoding: z.enum(ENCODINGS).optional().describe("found out by the byte order mark and by whether the text is valid UTF-8"),
  decimal: z.enum(["dot", "comma"]).optional().describe("the mark before decimals"),
  dates: z.enum(["ymd", "dmy", "mdy"]).optional().describe("order of day, month and year"),
  currency: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{3}$/, "expected an ISO 4217 code such as EUR")
    .transform((code) => code.toLowerCase())
    .optional()
    .describe("for files that name none"),
}
const FileChoices = z.object(fileChoices)
export type FileChoices = z.output<typeof FileChoices>

/** A browser's or exporter's clock may be a day ahead. */
const DAY_MS = 86_400_000

/** Options as text, checked. @throws ForesightError `invalid_options`, naming the option, its value and what was expected. */
export function parseFileChoices(given: Record<string, unknown>): FileChoices {
  const checked = FileChoices.safeParse(given)
  if (checked.success) return checked.data
  const problems = checked.error.issues.map(({ path, message }) => `--${path.join(".")} is ${JSON.stringify(given[String(path[0])])}: ${message}`)
  throw new ForesightError("invalid_options", problems.join("; "))
}

/** How a file is read. @param isShifted Its dates will be moved, so that those of the future are none.
 * @throws ForesightError `invalid_options` when `map` is no pair of columns. */
export function readOptions(
  name: string,
  { map, encoding, decimal, dates, currency }: FileChoices,
  { timeZone, now, isShifted }: { timeZone: string; now: Date; isShifted: boolean }
): ReadOptions {
  return {
    name,
    clock: createZoneClock(timeZone),
    notAfter: isShifted ? null : now.getTime() + DAY_MS,
    columns: new Map(map.map(columnPair)),
    encoding: encoding ?? null,
    decimal: decimal ?? null,
    dates: dates ?? null,
    currency: currency ?? null,
  }
}

/** `order_id=Order No`, or the other way round where only the right side is a column of ours. */
function columnPair(pair: string): [string, string] {
  const at = pair.indexOf("=")
  const [left, right] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
  if (at > 0 && left !== "" && right !== "") {
    if (isOurColumn(left)) return [unquoted(right).toLowerCase(), left]
    if (isOurColumn(right)) return [unquoted(left).toLowerCase(), right]
  }
  throw new ForesightError("invalid_options", `--map is ${JSON.stringify(pair)}; expected OURS=THEIRS with a column of ours on the left, e.g. order_id="Order No"`)
}

const unquoted = (name: string) => name.replace(/^"(.*)"$/, "$1")
