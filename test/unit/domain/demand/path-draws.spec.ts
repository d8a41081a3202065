import { createPathDraws, drawPeriod } from "../../../../src/domain/demand/path-draws"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { aSureForecast, aUniformForecast } from "../../../support/demand-builders"

const PATHS = 1000
const draws = createPathDraws({ paths: PATHS, seed: 42 })

function correlationOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const centre = (PATHS - 1) / 2
  let [products, squares] = [0, 0]
  for (let path = 0; path < PATHS; path++) {
    products += ((a[path] ?? 0) - centre) * ((b[path] ?? 0) - centre)
    squares += ((a[path] ?? 0) - centre) ** 2
  }
  return products / squares
}

describe("createPathDraws()", () => {
  it("gives every path its own rank in each period", () => {
    expect([...draws.ranks(0.5, 3, 0)].sort((a, b) => a - b)).toEqual(Array.from({ length: PATHS }, (_, rank) => rank))
  })

  // Spearman's correlation of a Gaussian copula: 6/π · asin(ρ/2); standard error of 1,000 pairs about 0.03
  it.each([0, 0.25, 0.5, 0.75])("correlates periods by ρ = %d", (rho) => {
    const expected = (6 / Math.PI) * Math.asin(rho / 2)
    expect(Math.abs(correlationOf(draws.ranks(rho, 0, 0), draws.ranks(rho, 1, 0)) - expected)).toBeLessThan(0.1)
    expect(Math.abs(correlationOf(draws.ranks(rho, 0, 0), draws.ranks(rho, 7, 0)) - expected)).toBeLessThan(0.1)
  })

  it("keeps streams independent of each other", () => {
    expect(Math.abs(correlationOf(draws.ranks(0.75, 0, 0), draws.ranks(0.75, 0, 1)))).toBeLessThan(0.1)
  })

  it("repeats itself for the same seed, whatever was asked before", () => {
    const again = createPathDraws({ paths: PATHS, seed: 42 })
    expect(again.ranks(0.25, 5, 1)).toEqual(draws.ranks(0.25, 5, 1))
    expect(createPathDraws({ paths: PATHS, seed: 43 }).ranks(0.25, 5, 1)).not.toEqual(draws.ranks(0.25, 5, 1))
  })

  it("gives normal numbers whose quantiles are the normal's: 97.5% at 1.96", () => {
    const normals = draws.normals().sort()
    expect(normals[974]).toBeCloseTo(1.956, 1)
    expect(normals[500]).toBeCloseTo(0, 2)
    expect(normals.reduce((sum, value) => sum + value * value, 0) / PATHS).toBeCloseTo(1, 1)
  })
})

describe("drawPeriod()", () => {
  const draw = (quantiles: Float64Array, scale = 1) => {
    const into = new Float64Array(PATHS)
    drawPeriod(draws, draws.ranks(0, 0, 0), quantiles, 0, scale, into, 0)
    return into.sort()
  }

  it("meets the forecast's quantiles", () => {
    const sorted = draw(aUniformForecast([100]).quantiles) // quantile q is 200 q
    for (const level of QUANTILE_LEVELS) expect(Math.abs((sorted[Math.round(level * PATHS) - 1] ?? 0) - 200 * level)).toBeLessThan(0.5)
  })

  it("goes on beyond the highest level as an exponential tail", () => {
    // Q(0.975) = 10, Q(0.99) = 11; highest draw at 0.9995: 11 + ln(0.01 / 0.0005) / ln(0.025 / 0.01) = 14.269
    const quantiles = Float64Array.from(QUANTILE_LEVELS, (level) => (level < 0.975 ? 0 : level === 0.975 ? 10 : 11))
    expect(draw(quantiles)[PATHS - 1]).toBeCloseTo(14.269, 3)
  })

  it("never goes below 0", () => {
    const quantiles = Float64Array.from(QUANTILE_LEVELS, (level) => (level === 0.01 ? 0 : 50))
    expect(draw(quantiles)[0]).toBe(0)
  })

  it("keeps a sure demand sure, times the scale", () => {
    const sorted = draw(aSureForecast([7]).quantiles, 3)
    expect([sorted[0], sorted[PATHS - 1]]).toEqual([21, 21])
  })
})
