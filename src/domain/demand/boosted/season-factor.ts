/** How many repetitions of a season a factor is averaged over. */
const REPETITIONS = 2
const FEWEST_BEFORE = 3
const LEAST = 0.1
const MOST = 10

/** Seasonal factor of period `origin + ahead` from the repetitions before: units of the same position over the mean of the season centred there,
 * both summed over the last two repetitions (eight where a season is short) whose centred season ends by `origin`; 1 where none is known.
 * @param units Per period; `NaN` unknown. Nothing at or after `origin` is read.
 * @param first First period that counts.
 */
export function seasonFactor(units: Float64Array, first: number, origin: number, ahead: number, season: number): number {
  const half = Math.floor(season / 2)
  const nearest = Math.max(1, Math.ceil((ahead + season - half) / season))
  const repetitions = season <= 12 ? 4 * REPETITIONS : REPETITIONS
  let same = 0
  let mean = 0
  for (let repetition = nearest; repetition < nearest + repetitions; repetition++) {
    const position = origin + ahead - repetition * season
    if (position < first + FEWEST_BEFORE) break
    const value = units[position] ?? NaN
    if (Number.isNaN(value)) continue
    let sum = 0
    let known = 0
    for (let period = Math.max(first, position - half); period < position - half + season && period < origin; period++) {
      const other = units[period] ?? NaN
      if (Number.isNaN(other)) continue
      sum += other
      known++
    }
    same += value
    mean += sum / known
  }
  return mean > 1e-9 ? Math.min(MOST, Math.max(LEAST, same / mean)) : 1
}
