import { DEMAND_CLASSES } from "../../../src/domain/demand/class-of"
import type * as ChooseWeights from "../../../src/domain/demand/choose-weights"
import type { MemberWeights } from "../../../src/domain/demand/ensemble"
import type { DemandClass, DemandPanel } from "../../../src/domain/demand/types"
import { createRandom } from "../../../src/domain/random"
import { demandModelNames, fitAutoDemand, quickModelNames, type AutoDemandOptions } from "../../../src/learning/auto-demand"
import type * as FitNets from "../../../src/learning/nets/fit-nets"
import { smallPanel } from "../../support/demand-panels"
import { expectSound, oddPanels } from "../../support/odd-panels"
import fc from "../../support/properties"

/** Name, limit and seed of each net that was fitted. */
const netsFitted: string[] = []

// Jest reads TypeScript, so the compiled name that is loaded when a net is asked for leads nowhere. A few of the steps: what nets learn is measured elsewhere.
jest.mock(
  "../../../src/learning/nets/fit-nets.js",
  () => {
    const actual = jest.requireActual<typeof FitNets>("../../../src/learning/nets/fit-nets")
    const fitNets: typeof actual.fitNets = (tasks, asked) => {
      netsFitted.push(...tasks.map(({ name, limit, seed }) => `${name} ${limit} ${seed}`))
      return actual.fitNets(tasks.map((task) => ({ ...task, steps: 8 })), asked)
    }
    return { ...actual, fitNets }
  },
  { virtual: true }
)

/** Weights that each choice started from. */
const usualGiven: Record<DemandClass, MemberWeights>[] = []
jest.mock("../../../src/domain/demand/choose-weights", () => {
  const actual = jest.requireActual<typeof ChooseWeights>("../../../src/domain/demand/choose-weights")
  const chooseWeights: typeof actual.chooseWeights = (input) => {
    usualGiven.push(input.usual)
    return actual.chooseWeights(input)
  }
  return { ...actual, chooseWeights }
})

const options = (more: Partial<AutoDemandOptions> = {}): AutoDemandOptions => ({ horizon: 3, sums: [1, 2, 3], seed: 1, threads: 1, ...more })

/** Fitted on a whole panel and asked from its end on. */
async function autoDemand(panel: DemandPanel, asked: AutoDemandOptions) {
  const origin = panel.periods.length
  const { model, choice } = await fitAutoDemand(panel, origin, asked)
  return { choice, forecasts: model.forecast(panel, origin, asked.horizon, asked.sums) }
}

/** Enough series and weeks for trees: each sells around its own rate, twice as much in every fourth week. */
function shop({ series = 20, periods = 44, seed = 1 } = {}): DemandPanel {
  const random = createRandom(seed)
  const panel = smallPanel({ series, periods, seed })
  for (const [index, { units }] of panel.series.entries()) {
    for (const week of units.keys()) units[week] = Math.round((3 + (index % 20)) * (week % 4 === 0 ? 2 : 1) * (0.7 + 0.6 * random()))
  }
  return panel
}

describe("fitAutoDemand()", () => {
  it("gives sound forecasts for whatever is in a file", async () => {
    await fc.assert(
      fc.asyncProperty(oddPanels(), fc.constantFrom(1, 3, 7), async (panel, horizon) => {
        const asked = options({ horizon, sums: [1, 4] })
        expectSound((await autoDemand(panel, asked)).forecasts, panel, asked)
      }),
      { numRuns: 12, seed: 7 }
    )
  }, 240_000)

  it("gives sound forecasts by trees too, of odd series among sound ones", async () => {
    const panel = shop()
    const [zero, negative, gap, spike, young] = panel.series
    zero?.units.fill(0)
    negative?.units.fill(-2, 20, 30)
    gap?.units.fill(NaN, 3, 42)
    spike?.units.set([80_995], 40)
    young?.units.fill(NaN, 0, 42)
    expectSound((await autoDemand(panel, options({ model: "boosted" }))).forecasts, panel, options())
  }, 240_000)

  it("reads nothing at or after the limit: a spike planted there moves no earlier forecast", async () => {
    const forecastAt40 = async (panel: DemandPanel) => {
      const { model, choice } = await fitAutoDemand(panel, 40, options())
      return { choice, forecasts: model.forecast(panel, 40, 3, [1, 2, 3]) }
    }
    const before = await forecastAt40(shop())
    const spiked = shop()
    for (const { units, price } of spiked.series) {
      units.fill(1e6, 40)
      price.fill(1, 40)
    }
    expect(await forecastAt40(spiked)).toEqual(before)
    expect(before.choice?.origins).toHaveLength(4)
  }, 240_000)

  it("sees a pattern that smoothing cannot, and gives every class weights that sum to 1", async () => {
    const { choice } = await autoDemand(shop({ periods: 80 }), options())
    const { chosen = 0, boosted = 0, "exponential-smoothing": smooth = 0 } = choice?.losses ?? {}
    // every fourth week doubles: flat forecasts must be wide, trees know the lag of four weeks
    expect(boosted).toBeLessThan(0.8 * smooth)
    expect(chosen).toBeLessThan(0.9 * smooth)
    for (const demandClass of DEMAND_CLASSES) {
      expect(Object.values(choice?.weights[demandClass] ?? {}).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
    }
  }, 240_000)

  it("fits the net by two seeds where enough is known, before each pair of validation blocks and after all, and goes without where it is not", async () => {
    const panel = shop({ periods: 52 })
    // four blocks of three weeks are held out, two a fit; 20 series × 44 weeks before the newest two are 880 known periods
    for (const { netsFrom, fitted, usual } of [
      { netsFrom: 880, fitted: ["lstm 38 1", "lstm 44 1", "lstm 50 1", "lstm 38 2", "lstm 44 2", "lstm 50 2"], usual: { boosted: 0.4, lstm: 0.25, "lstm-2": 0.25 } },
      { netsFrom: 881, fitted: [], usual: { boosted: 0.7 } },
      { netsFrom: undefined, fitted: [], usual: { boosted: 0.7 } },
    ]) {
      netsFitted.length = 0
      usualGiven.length = 0
      const { model, choice } = await fitAutoDemand(panel, 50, options({ ...(netsFrom && { netsFrom }) }))
      expect(netsFitted).toEqual(fitted)
      expect(usualGiven).toHaveLength(1)
      expect(usualGiven[0]).toMatchObject({ smooth: usual, lumpy: usual, intermittent: { boosted: fitted.length > 0 ? 0.9 : 0.7 }, new: { borrowed: fitted.length > 0 ? 0.2 : 0.3 } })
      expect(Object.keys(usualGiven[0]?.intermittent ?? {})).not.toContain("lstm")
      const learnt = Object.keys(choice?.losses ?? {}).filter((name) => name.startsWith("lstm") || name === "boosted")
      expect(learnt.sort()).toEqual(Object.keys(usual).sort())
      if (netsFrom === 880) expect(choice?.losses["lstm"]).not.toBe(choice?.losses["lstm-2"])
      expectSound(model.forecast(panel, 50, 3, [1, 2, 3]), panel, options())
    }
  }, 300_000)

  it("takes every name it lists, and names them when it does not know one", async () => {
    const panel = smallPanel({ series: 16, periods: 44 })
    for (const model of quickModelNames()) expectSound((await autoDemand(panel, options({ model }))).forecasts, panel, options())
    await expect(autoDemand(panel, options({ model: "oracle" }))).rejects.toThrow(/model is "oracle"; expected one of auto, boosted, .*, gru, /)
  }, 240_000)

  it("takes the nets by name as well, sums and all, in whole units, and refuses too short a past for one", async () => {
    expect(demandModelNames()).toEqual([...quickModelNames(), "mlp", "n-hits", "tsmixer", "tcn", "lstm", "gru", "patch-transformer"])
    const panel = smallPanel({ series: 8, periods: 30 })
    const { forecasts } = await autoDemand(panel, options({ model: "mlp" }))
    expectSound(forecasts, panel, options())
    const written = forecasts.flatMap(({ quantiles, sums = [] }) => [quantiles, ...sums.map((sum) => sum.quantiles)])
    expect(written.every((values) => values.every(Number.isInteger))).toBe(true)
    await expect(autoDemand(smallPanel({ series: 2, periods: 12 }), options({ model: "mlp" }))).rejects.toMatchObject({ code: "too_little_data" })
  })

  it("refuses trees by name on too short a past, and chooses without them", async () => {
    const panel = smallPanel({ series: 3, periods: 12 })
    await expect(autoDemand(panel, options({ model: "boosted" }))).rejects.toMatchObject({ code: "too_little_data" })
    const { choice } = await autoDemand(panel, options())
    expect(Object.keys(choice?.losses ?? {})).not.toContain("boosted")
  })

  it("tells its progress and stops when asked", async () => {
    const stages = new Set<string>()
    await autoDemand(shop(), options({ onProgress: ({ stage, step, steps }) => step <= steps && stages.add(stage) }))
    expect([...stages]).toEqual(["trees before the validation", "trees", "choosing"])
    await expect(autoDemand(shop(), options({ shouldStop: () => true }))).rejects.toMatchObject({ code: "canceled" })
  }, 240_000)
})
