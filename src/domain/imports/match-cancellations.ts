import { ForesightError } from "../errors"

/** What matching needs of an order line that counts so far. */
export interface CancellationCandidate {
  kind: "purchase" | "refund"
  /** `null`: nobody knows who bought, so nothing can match. */
  customerRef: string | null
  sku: string
  /** Units, > 0 for refunds too. */
  quantity: number
  /** ms since 1970. */
  at: number
}

/** `voided_by_cancellation` and `cancellation` belong together and both stop counting; `return` counts as a refund. */
export type CancellationVerdict = "sale" | "voided_by_cancellation" | "cancellation" | "return"

/**
 * Judges sales and cancellations: a cancellation that matches an earlier sale (customer, SKU, quantity) voids the latest such sale
 * that is not voided yet; any other is a return. Keeps one (customer, SKU) in memory at a time.
 * @param rows Grouped by customer and SKU; by time within a group, a sale before a cancellation of the same moment.
 * @returns Each row with its verdict, in the order given.
 * @throws ForesightError `invalid_file` when a group is not in time order.
 */
export function* matchCancellations<Row extends CancellationCandidate>(rows: Iterable<Row>): Generator<{ row: Row; verdict: CancellationVerdict }> {
  let group: Row[] = []
  for (const row of rows) {
    const last = group.at(-1)
    if (last && (last.customerRef !== row.customerRef || last.sku !== row.sku)) {
      yield* judge(group)
      group = []
    } else if (last && row.at < last.at) {
      throw new ForesightError("invalid_file", `rows of customer ${row.customerRef}, SKU ${row.sku} are not in time order; expected oldest first`)
    }
    group.push(row)
  }
  yield* judge(group)
}

function* judge<Row extends CancellationCandidate>(group: readonly Row[]): Generator<{ row: Row; verdict: CancellationVerdict }> {
  const verdicts: CancellationVerdict[] = group.map(({ kind }) => (kind === "purchase" ? "sale" : "return"))
  const openSales = new Map<number, number[]>()
  for (const [index, { kind, quantity, customerRef }] of group.entries()) {
    if (customerRef === null) break
    const open = openSales.get(quantity) ?? []
    if (kind === "purchase") {
      open.push(index)
      openSales.set(quantity, open)
      continue
    }
    const sale = open.pop()
    if (sale === undefined) continue
    verdicts[sale] = "voided_by_cancellation"
    verdicts[index] = "cancellation"
  }
  for (const [index, row] of group.entries()) yield { row, verdict: verdicts[index] as CancellationVerdict }
}
