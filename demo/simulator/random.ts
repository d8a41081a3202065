/** A seeded source of chance: the same seed gives the same numbers on every machine. */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** @param seed Any integer. @param stream Separates sequences of one seed, so that a change in one does not move the others. */
  constructor(seed: number, stream = 0) {
    this.a = seed | 0
    this.b = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
    this.c = Math.imul(stream + 0x6d2b79f5, 0xc2b2ae35)
    for (let warmUp = 0; warmUp < 15; warmUp += 1) this.unit()
  }

  /** Uniform in [0, 1). sfc32: C. Doty-Humphrey, PractRand. */
  unit(): number {
    const t = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return (t >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** Whole number in [low, high], both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.unit() * values.length)] as T
  }

  /** Index drawn with chance proportional to its weight; all weights ≥ 0, their sum > 0. */
  weighted(weights: ArrayLike<number>): number {
    let sum = 0
    for (let i = 0; i < weights.length; i += 1) sum += weights[i] as number
    let left = this.unit() * sum
    for (let i = 0; i < weights.length; i += 1) {
      left -= weights[i] as number
      if (left < 0) return i
    }
    return weights.length - 1
  }

  /** Standard normal, Box–Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
  }

  /** Mean 1, coefficient of variation 1/√shape, shape ≥ 1; Marsaglia & Tsang (2000). */
  gammaMeanOne(shape: number): number {
    const d = shape - 1 / 3
    for (;;) {
      const x = this.normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - this.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape
    }
  }

  /** Poisson count; by inversion, for means below about 200. */
  poisson(mean: number): number {
    if (mean <= 0) return 0
    let count = 0
    let chance = Math.exp(-mean)
    let left = this.unit() - chance
    while (left >= 0 && count < 1000) {
      count += 1
      chance *= mean / count
      left -= chance
    }
    return count
  }

  /** 1, 2, 3 … with the given mean ≥ 1. */
  geometric(mean: number): number {
    return mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - this.unit()) / Math.log(1 - 1 / mean))
  }

  shuffle<T>(values: T[]): T[] {
    for (let i = values.length - 1; i > 0; i -= 1) {
      const j = Math.floor(this.unit() * (i + 1))
      ;[values[i], values[j]] = [values[j] as T, values[i] as T]
    }
    return values
  }
}

/** Draws indices by weight in constant time (alias method, Walker 1977). */
export function createWeightedDraw(weights: ArrayLike<number>): (random: Random) => number {
  const n = weights.length
  let sum = 0
  for (let i = 0; i < n; i += 1) sum += weights[i] as number
  const share = Float64Array.from(weights, (weight) => (weight * n) / sum)
  const alias = new Int32Array(n)
  const small: number[] = []
  const large: number[] = []
  share.forEach((value, index) => (value < 1 ? small : large).push(index))
  while (small.length > 0 && large.length > 0) {
    const low = small.pop() as number
    const high = large.at(-1) as number
    alias[low] = high
    share[high] = (share[high] as number) - (1 - (share[low] as number))
    if (share[high] < 1) small.push(large.pop() as number)
  }
  for (const index of [...small, ...large]) share[index] = 1
  return (random) => {
    const index = Math.floor(random.unit() * n)
    return random.unit() < (share[index] ?? 1) ? index : (alias[index] ?? index)
  }
}
