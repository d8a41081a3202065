/** Cells of a CSV answer without its header. */
export const rowsOf = (csv: string) => csv.trimEnd().split("\n").slice(1).map((line) => line.split(","))

/** Every number of a forecast's rows is finite, at least 0, and levels ascend. */
export function expectSoundRows(csv: string, rows: number): void {
  const found = rowsOf(csv)
  expect(found).toHaveLength(rows)
  for (const [, , ...numbers] of found) {
    const [mean = NaN, ...quantiles] = numbers.map(Number)
    expect([mean, ...quantiles].every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
    expect([...quantiles].sort((a, b) => a - b)).toEqual(quantiles)
  }
}
