import { causeOfKnown } from "../../domain/demand/explain/cause-of-known"
import type { OccludedCause } from "../../domain/demand/explain/occlusion"
import { aheadInputs, periodInputs, type NetBatch } from "./net-inputs"
import type { NetSpec } from "./net-spec"

/** Inputs of a past period before its weekday, and of a target before its weekday. */
const PAST_OWN = 5
const AHEAD_PLACE = 2
/** Logs of the seasonal factors of a target, the mixed one first, and what is known of the year before. */
const FACTORS = 3
const YEAR_BEFORE = 2

/** Groups of inputs that a net has. */
export function causesOf(spec: NetSpec): OccludedCause[] {
  const known = new Set(spec.known.map(({ name }) => causeOfKnown(name)))
  const causes: OccludedCause[] = ["season"]
  if (known.has("calendar")) causes.push("calendar")
  if (spec.prices || known.has("price")) causes.push("price")
  if (spec.categorical.length > 0) causes.push("other")
  return causes
}

/** The batch without what some causes stand for: no weekday, no season to multiply by and no year before; the usual price; what is known ahead as it
 * was on average in the past that the net reads; no category. */
export function withoutInputs(spec: NetSpec, batch: NetBatch, causes: readonly OccludedCause[]): NetBatch {
  if (causes.length === 0) return batch
  const left = (cause: OccludedCause) => causes.includes(cause)
  const [past, ahead, scale] = [batch.past.slice(), batch.ahead.slice(), batch.scale.slice()]
  const [width, aheadWidth, windows] = [periodInputs(spec), aheadInputs(spec), spec.windows.length]
  const knownAt = width - spec.known.length
  const weekday = knownAt - (spec.prices ? 1 : 0) - PAST_OWN
  const factorsAt = AHEAD_PLACE + weekday
  const yearAt = factorsAt + (spec.settings.ownSeason === null ? 0 : FACTORS)
  const knownAheadAt = yearAt + (spec.yearAgo ? YEAR_BEFORE : 0)
  const each = spec.yearAgo ? 2 : 1
  for (let series = 0; series < batch.size; series++) {
    const rows = Array.from({ length: spec.context }, (_, period) => (period * batch.size + series) * width)
    const targets = Array.from({ length: windows }, (_, window) => series * windows + window)
    if (left("season")) {
      for (const row of rows) past.fill(0, row + PAST_OWN, row + PAST_OWN + weekday)
      for (const target of targets) {
        if (yearAt > factorsAt) scale[target] = (scale[target] as number) / Math.exp(ahead[target * aheadWidth + factorsAt] as number)
        ahead.fill(0, target * aheadWidth + AHEAD_PLACE, target * aheadWidth + knownAheadAt)
      }
    }
    if (left("price") && spec.prices) for (const row of rows) past[row + knownAt - 1] = 0
    spec.known.forEach(({ name }, which) => {
      const cause = causeOfKnown(name)
      if (cause === "trend" || !left(cause)) return
      const usual = rows.reduce((sum, row) => sum + (past[row + knownAt + which] as number), 0) / rows.length
      for (const row of rows) past[row + knownAt + which] = usual
      for (const target of targets) {
        const at = target * aheadWidth + knownAheadAt + which * each
        ahead.fill(usual, at, at + each)
      }
    })
  }
  return { ...batch, past, ahead, scale, categories: left("other") ? batch.categories.map((codes) => new Int32Array(codes.length)) : batch.categories }
}
