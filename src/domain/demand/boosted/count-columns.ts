import { PAST_FEATURES } from "./past-features"

/** Of an item's own past, what is in multiples of the level of demand. A file's own columns may have any name. */
const MULTIPLES = new Set(PAST_FEATURES.filter((name) => /^(lag|mean|deviation|smoothed|own_quantile|size_mean)/.test(name)))

/** The columns of the own past that are in multiples of the level once more, in units: whether an item sells one or two is not a matter of multiples. */
export function columnsInUnits(names: readonly string[], columns: readonly Float32Array[]): { name: string; values: Float32Array }[] {
  const logLevel = columns[names.indexOf("log_level")] ?? new Float32Array()
  const level = logLevel.map((value) => Math.exp(value))
  return names.flatMap((name, at) => {
    if (!MULTIPLES.has(name)) return []
    return [{ name: `${name}_units`, values: columns[at]?.map((value, row) => value * (level[row] ?? NaN)) ?? new Float32Array() }]
  })
}
