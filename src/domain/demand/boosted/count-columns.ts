/** Of the features, what is in multiples of the level of demand. */
const MULTIPLES = /^(lag|mean|deviation|smoothed|own_quantile|size_mean)/

/** The columns in multiples of the level once more, in units: whether an item sells one or two is not a matter of multiples. */
export function columnsInUnits(names: readonly string[], columns: readonly Float32Array[]): { name: string; values: Float32Array }[] {
  const logLevel = columns[names.indexOf("log_level")] ?? new Float32Array()
  const level = logLevel.map((value) => Math.exp(value))
  return names.flatMap((name, at) => {
    if (!MULTIPLES.test(name)) return []
    return [{ name: `${name}_units`, values: columns[at]?.map((value, row) => value * (level[row] ?? NaN)) ?? new Float32Array() }]
  })
}
