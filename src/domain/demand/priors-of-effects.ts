import type { Slope } from "./conditional-poisson"

type Estimate = Slope

/** An effect as one item's own sales say it; items of a group are more alike than others. */
export interface OwnEffect extends Estimate {
  group: string
}

const MOST_SPREAD = 10
const BISECTIONS = 30

/** What the others say of each effect before its own sales are looked at: the mean of its group without itself, drawn to the mean of the other groups;
 * nobody's own sales are used twice. Variances between items of a group (`τ²`) and between groups by Paule and Mandel's rule.
 * @param leastSpread Items of a group are never taken to be more alike than this (standard deviation); between groups half of it.
 * @returns `null` where there are no others.
 * @see Morris (1983), J. Am. Stat. Assoc. 78(381); Paule & Mandel (1982), J. Res. Natl. Bur. Stand. 87(5).
 */
export function priorsOfEffects(effects: readonly OwnEffect[], leastSpread: number): (Estimate | null)[] {
  const groups = new Map<string, OwnEffect[]>()
  for (const effect of effects) {
    const items = groups.get(effect.group)
    if (items) items.push(effect)
    else groups.set(effect.group, [effect])
  }
  const within = betweenVariance([...groups.values()], leastSpread)
  const means = new Map([...groups].map(([name, items]) => [name, pooled(items.map(({ mean, variance }) => ({ mean, variance: variance + within })))]))
  const between = betweenVariance([[...means.values()]], leastSpread / 2)
  const total = sums([...means.values()].map(({ mean, variance }) => ({ mean, variance: variance + between })))
  return effects.map(({ group, mean, variance }) => {
    const whole = means.get(group) ?? { mean, variance }
    const prior = combined([
      without(sums([whole]), sums([{ mean, variance: variance + within }]), 0),
      without(total, sums([{ mean: whole.mean, variance: whole.variance + between }]), between),
    ])
    return prior && { mean: prior.mean, variance: prior.variance + within }
  })
}

interface Sums {
  weight: number
  sum: number
}

const sums = (estimates: readonly Estimate[]): Sums =>
  estimates.reduce((all, { mean, variance }) => ({ weight: all.weight + 1 / variance, sum: all.sum + mean / variance }), { weight: 0, sum: 0 })

function pooled(estimates: readonly Estimate[]): Estimate {
  const { weight, sum } = sums(estimates)
  return { mean: sum / weight, variance: 1 / weight }
}

/** What is left of a mean without one of its parts; `null` where nothing is. */
function without(all: Sums, part: Sums, added: number): Estimate | null {
  const weight = all.weight - part.weight
  return weight > 1e-9 * all.weight ? { mean: (all.sum - part.sum) / weight, variance: 1 / weight + added } : null
}

function combined(estimates: readonly (Estimate | null)[]): Estimate | null {
  const known = estimates.flatMap((estimate) => estimate ?? [])
  return known.length > 0 ? pooled(known) : null
}

/** Variance of true values within each set, beyond what their own uncertainty makes of it: the one with which the squares, each over its variance, add up to
 * the free values.
 */
function betweenVariance(sets: readonly (readonly Estimate[])[], leastSpread: number): number {
  const free = sets.reduce((sum, estimates) => sum + estimates.length - 1, 0)
  const isTooSmall = (between: number) => {
    let squares = 0
    for (const estimates of sets) {
      const wide = estimates.map(({ mean, variance }) => ({ mean, variance: variance + between }))
      const centre = pooled(wide).mean
      for (const { mean, variance } of wide) squares += (mean - centre) ** 2 / variance
    }
    return squares > free
  }
  let [low, high] = [leastSpread * leastSpread, MOST_SPREAD * MOST_SPREAD]
  if (!isTooSmall(low)) return low
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2
    if (isTooSmall(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
