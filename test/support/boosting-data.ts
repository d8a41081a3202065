import { createRandom } from "../../src/domain/random"

/** Rows of a seeded table with missing values, a category, counts and an interaction; the same numbers as test/support/lightgbm-losses.py makes. */
export function boostingData(rows: number, seed: number) {
  const random = createRandom(seed)
  const columns = Array.from({ length: 8 }, () => new Float32Array(rows))
  const [demand, bought, relevance, weight] = Array.from({ length: 4 }, () => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let row = 0; row < rows; row++) {
    const u = Array.from({ length: 14 }, random) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const category = Math.floor(12 * u[7])
    const count = Math.floor(5 * u[6] * u[6])
    const isMissing = u[8] < 0.15
    const values = [u[0], isMissing ? NaN : u[1], u[2], u[3], u[4], u[5], count, category]
    for (const [column, value] of values.entries()) (columns[column] as Float32Array)[row] = value
    const mean = 0.5 + 2 * u[0] * u[0] + (isMissing ? 1.5 : u[1]) + (u[2] > 0.5 ? 2 * u[3] : 0) + ((category * 7) % 12) / 6 + 0.3 * count
    demand[row] = u[9] < 0.2 ? 0 : (mean * (u[10] + u[11])) / 0.8
    bought[row] = u[12] < mean / 8 ? 1 : 0
    relevance[row] = Math.min(4, Math.floor((demand[row] as number) / 2))
    weight[row] = 0.5 + u[13]
  }
  return { columns, names: columns.map((_, at) => `x${at}`), categorical: new Set([7]), demand, bought, relevance, weight }
}
