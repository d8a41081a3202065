import { solveSymmetric } from "../solve-symmetric"

/** Components of an exponential smoothing model with additive errors. */
export interface EtsShape {
  trend: "none" | "additive" | "damped"
  /** Periods of an additive season; 0 for none. */
  season: number
}

/** A fitted model. */
export interface EtsFit {
  shape: EtsShape
  /** Weights of level, trend and season, and the damping of the trend; β and γ are 0 and φ is 1 where there is none. */
  weights: EtsWeights
  /** State before the first value: level, slope where there is a trend, one factor per period of the season (of the first value first). */
  start: Float64Array
  /** Σ of squared one-step errors. */
  squares: number
  /** Corrected Akaike criterion up to a constant: `n·ln Σe² + 2k + 2k(k + 1)/(n − k − 1)`; `Infinity` where there are too few values. */
  aicc: number
}

export interface EtsWeights {
  alpha: number
  beta: number
  gamma: number
  phi: number
}

const LEAST = 1e-4
const MOST = 0.9999
const LEAST_PHI = 0.8
const MOST_PHI = 0.98
const ALPHAS = [0.02, 0.1, 0.25, 0.5, 0.8] as const
/** β as share of α. */
const BETA_SHARES = [0.01, 0.15, 0.6] as const
/** γ as share of 1 − α. */
const GAMMA_SHARES = [0.01, 0.2] as const
const PHIS = [0.85, 0.95] as const
const FIRST_STEP = 0.1
const LAST_STEP = 0.005
/** Weight of a penalty on the starting state that makes level and season tell each other apart. */
const RIDGE = 1e-9

/** Fits `y = ℓ + φb + s + e` with `ℓ ← ℓ + φb + αe`, `b ← φb + βe`, `s ← s + γe` by least squared one-step errors. Errors are linear in the starting state, so
 * for given weights least squares says it; the weights are looked for on a coarse grid and then coordinate by coordinate, within the usual bounds
 * (β ≤ α, γ ≤ 1 − α, φ 0.8 … 0.98).
 * @param values At least one.
 * @see Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing, ch. 2 and 5.
 */
export function fitEts(values: Float64Array, shape: EtsShape): EtsFit {
  const trend = shape.trend === "none" ? 0 : 1
  const size = 1 + trend + shape.season
  const workspace = createWorkspace(values.length, size)
  // Free parameters, all in 0 … 1: α, share of β in α, share of γ in 1 − α, place of φ between its bounds.
  const free = [true, trend === 1, shape.season > 0, shape.trend === "damped"]
  const weightsOf = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): EtsWeights => {
    const alpha = Math.min(MOST, Math.max(LEAST, a))
    const within = (share: number, most: number) => Math.max(LEAST, Math.min(most, share * most))
    return {
      alpha,
      beta: free[1] ? within(b, alpha) : 0,
      gamma: free[2] ? within(c, 1 - alpha) : 0,
      phi: free[3] ? LEAST_PHI + d * (MOST_PHI - LEAST_PHI) : 1,
    }
  }
  const lossOf = (place: readonly number[]) => squaresFor(values, shape, weightsOf(place), workspace)
  let best: number[] = [0.1, 0, 0, 0]
  let least = Infinity
  const attempt = (place: number[]) => {
    const loss = lossOf(place)
    if (!(loss < least)) return false
    least = loss
    best = place
    return true
  }
  for (const alpha of ALPHAS) {
    for (const beta of free[1] ? BETA_SHARES : [0]) {
      for (const gamma of free[2] ? GAMMA_SHARES : [0]) {
        for (const phi of free[3] ? PHIS : [1]) attempt([alpha, beta, gamma, (phi - LEAST_PHI) / (MOST_PHI - LEAST_PHI)])
      }
    }
  }
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    for (let moved = true; moved; ) {
      moved = false
      free.forEach((isFree, at) => {
        for (const way of isFree ? [step, -step] : []) {
          const place = best.map((value, which) => (which === at ? Math.min(1, Math.max(0, value + way)) : value))
          if (place[at] !== best[at] && attempt(place)) moved = true
        }
      })
    }
  }
  const weights = weightsOf(best)
  const squares = Math.max(0, squaresFor(values, shape, weights, workspace))
  const count = free.filter(Boolean).length + 1 + trend + Math.max(0, shape.season - 1) + 1
  const spare = values.length - count - 1
  const aicc = spare > 0 ? values.length * Math.log(Math.max(squares, 1e-12)) + 2 * count + (2 * count * (count + 1)) / spare : Infinity
  return { shape, weights, start: workspace.start.slice(), squares, aicc }
}

interface Workspace {
  size: number
  /** Errors of a start from nothing, then one column per entry of the starting state: what one unit of it adds to the forecasts. */
  columns: Float64Array[]
  matrix: Float64Array
  start: Float64Array
  state: Float64Array
}

function createWorkspace(values: number, size: number): Workspace {
  return {
    size,
    columns: Array.from({ length: size + 1 }, () => new Float64Array(values)),
    matrix: new Float64Array(size * size),
    start: new Float64Array(size),
    state: new Float64Array(size),
  }
}

/** Σe² with the best starting state, which is left in `workspace.start`. */
function squaresFor(values: Float64Array, shape: EtsShape, weights: EtsWeights, workspace: Workspace): number {
  const { size, columns, matrix, start, state } = workspace
  for (let column = 0; column <= size; column++) {
    state.fill(0)
    if (column > 0) state[column - 1] = 1
    run(values, column === 0, shape, weights, state, columns[column] as Float64Array)
  }
  const [errors = values] = columns
  for (let row = 0; row < size; row++) {
    const one = columns[row + 1] as Float64Array
    start[row] = dot(one, errors)
    for (let column = 0; column <= row; column++) matrix[row * size + column] = dot(one, columns[column + 1] as Float64Array)
  }
  let largest = 0
  for (let row = 0; row < size; row++) largest = Math.max(largest, matrix[row * size + row] ?? 0)
  for (let row = 0; row < size; row++) matrix[row * size + row]! += RIDGE * largest + Number.MIN_VALUE
  const right = start.slice()
  solveSymmetric(matrix, start)
  // Σ(e − Xx)² with (XᵀX + R)x = Xᵀe: eᵀe − xᵀXᵀe − (terms of the ridge, below rounding).
  return dot(errors, errors) - dot(start, right)
}

/** Runs the model from `state`; with `own` the errors on the values are written, else what the state adds to the forecasts of values of 0. */
function run(values: Float64Array, own: boolean, shape: EtsShape, { alpha, beta, gamma, phi }: EtsWeights, state: Float64Array, into: Float64Array): void {
  const seasonAt = shape.trend === "none" ? 1 : 2
  let level = state[0] ?? 0
  let slope = seasonAt === 2 ? (state[1] ?? 0) : 0
  for (let at = 0, position = 0; at < values.length; at++) {
    const base = level + phi * slope
    const place = seasonAt + position
    const forecast = shape.season > 0 ? base + (state[place] as number) : base
    const error = (own ? (values[at] as number) : 0) - forecast
    into[at] = own ? error : forecast
    level = base + alpha * error
    slope = phi * slope + beta * error
    if (shape.season > 0) {
      state[place]! += gamma * error
      position = position + 1 === shape.season ? 0 : position + 1
    }
  }
}

function dot(one: Float64Array, two: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (two[at] as number)
  return sum
}
