// A table like those of demand forecasting, made from a seed: lags and means, counts full of zeros, small numbers, missing values, one category.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

export const COLUMNS = 60
export const CATEGORICAL = 34
/** Rows of a group that LambdaRank orders. */
export const GROUP = 20

/** Uniform numbers in [0, 1): mulberry32. @param {number} seed */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Writes `x.f32` (column after column), `weight.f64` and a target per loss.
 * @param {string} folder
 * @param {{ rows: number }} size rows trained on and rows held out, together
 */
export function writeBoostingData(folder, { rows }) {
  const random = randomOf(7)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const x = new Float32Array(rows * COLUMNS)
  const [demand, bought, relevance, weight] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)]
  const effects = Array.from({ length: 40 }, () => 0.4 * normal())
  for (let row = 0; row < rows; row++) {
    /** @type {number[]} */
    const values = []
    for (let column = 0; column < COLUMNS; column++) {
      if (column < 10 || column > 34) values.push(normal())
      else if (column < 25) values.push(random() < 0.55 ? 0 : Math.floor(-2 * Math.log(1 - random())) + 1)
      else if (column < 30) values.push(Math.floor(12 * random()))
      else if (column < 34) values.push(random() < 0.3 ? NaN : normal())
      else values.push(Math.floor(40 * random()))
    }
    const v = (/** @type {number} */ column) => values[column] ?? NaN
    const missing = Number.isNaN(v(30)) ? 0.4 : 0.2 * v(30)
    const mean = Math.exp(
      0.35 * v(0) + 0.3 * Math.sin(2 * v(1)) + 0.15 * Math.log1p(v(10)) + (v(11) > 0 && v(2) > 0 ? 0.3 : 0) + (effects[v(CATEGORICAL)] ?? 0) + missing - 0.2
    )
    // a negative binomial of dispersion 1.5: Poisson with a gamma mean (the sum of one and a half exponentials, roughly)
    const heavy = (mean / 1.5) * (-Math.log(1 - random()) - 0.5 * Math.log(1 - random()))
    let [count, product] = [0, random()]
    for (const stop = Math.exp(-heavy); product > stop; count++) product *= random()
    demand[row] = count
    bought[row] = random() < mean / (1 + mean) ? 1 : 0
    relevance[row] = Math.min(4, count)
    weight[row] = Math.exp(0.8 * normal())
    for (const [column, value] of values.entries()) x[column * rows + row] = value
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, values] of Object.entries({ "x.f32": x, "demand.f64": demand, "bought.f64": bought, "relevance.f64": relevance, "weight.f64": weight })) {
    writeFileSync(join(folder, name), new Uint8Array(values.buffer))
  }
}
