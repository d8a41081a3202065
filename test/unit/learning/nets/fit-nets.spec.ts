import { rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import * as tf from "@tensorflow/tfjs"
import { pinball } from "../../../../src/domain/demand/metrics"
import { QUANTILE_LEVELS, type DemandModel, type DemandPanel } from "../../../../src/domain/demand/types"
import { ForesightError } from "../../../../src/domain/errors"
import { createRandom } from "../../../../src/domain/random"
import { startBackend } from "../../../../src/learning/backend"
import { fitNets, netModel, type FitNets } from "../../../../src/learning/nets/fit-nets"
import { keepNets } from "../../../../src/learning/nets/kept-nets"
import { NET_NAMES, type NetName } from "../../../../src/learning/nets/net-names"
import type { NetTask, TrainedNet } from "../../../../src/learning/nets/train-net"
import { compileLearning } from "../../../support/compiled-learning"
import { smallPanel } from "../../../support/demand-panels"
import { expectSound, oddPanels } from "../../../support/odd-panels"
import fc from "../../../support/properties"

const LIMIT = 40
const HORIZON = 3

type Asked = Omit<NetTask, "name" | "panel" | "limit">
const asked = (more: Partial<Asked> = {}): Asked => ({ horizon: HORIZON, sums: [1, 2, 3], seed: 1, steps: 3, ...more })

/** One net alone. */
async function fitNet(name: NetName, panel: DemandPanel, limit: number, task: Asked, options: FitNets = {}): Promise<DemandModel> {
  const [net] = await fitNets([{ ...task, name, panel, limit }], options)
  return netModel(name, net as TrainedNet)
}

/** Each series sells around its own rate, three times as much in every other week, half of them in the even ones: what no level can say. */
function pulsing({ series = 5 } = {}): DemandPanel {
  const random = createRandom(1)
  const panel = smallPanel({ series, periods: LIMIT + HORIZON })
  for (const [index, { units }] of panel.series.entries()) {
    for (const week of units.keys()) units[week] = Math.round((6 + index) * ((week + index) % 2 === 0 ? 3 : 1) * (0.8 + 0.4 * random()))
  }
  return panel
}

/** Pinball loss of the week at the limit, all levels and series together. */
function lossOf(quantilesOf: (index: number) => ArrayLike<number>, { series }: DemandPanel): number {
  const losses = series.map(({ units }, index) =>
    QUANTILE_LEVELS.map((level, at) => pinball(level, units[LIMIT] as number, quantilesOf(index)[at] as number)).reduce((sum, loss) => sum + loss, 0)
  )
  return losses.reduce((sum, loss) => sum + loss, 0)
}

/** The loss of one pooled distribution of demand over the series' mean, which knows how large weeks are but not which is which. */
function lossOfMixedWeeks(panel: DemandPanel): number {
  const means = panel.series.map(({ units }) => units.subarray(0, LIMIT).reduce((sum, sold) => sum + sold, 0) / LIMIT)
  const ratios = panel.series.flatMap(({ units }, index) => [...units.subarray(0, LIMIT)].map((sold) => sold / (means[index] as number))).sort((a, b) => a - b)
  return lossOf((index) => QUANTILE_LEVELS.map((level) => (means[index] as number) * (ratios[Math.floor(level * ratios.length)] as number)), panel)
}

describe.each(NET_NAMES.map((name) => [name] as const))("net %s", (name) => {
  beforeAll(() => startBackend("wasm"))

  // 60 steps leave 0.3 to 0.4 of the loss; the spread within weeks of a kind, uniform on 0.8 … 1.2 of their size, is no net's to know
  it("learns within 60 steps a pattern that no level can say, and leaves no tensor behind", async () => {
    const panel = pulsing({ series: 12 })
    const before = tf.memory().numTensors
    const model = await fitNet(name, panel, LIMIT, asked({ horizon: 1, sums: [1], steps: 60 }))
    const forecasts = model.forecast(panel, LIMIT, 1)
    expect(tf.memory().numTensors).toBe(before)
    expect(lossOf((index) => forecasts[index]?.quantiles ?? [], panel)).toBeLessThan(0.6 * lossOfMixedWeeks(panel))
  })

  it("gives every series each period ahead and each sum, ascending, unrounded for an average to round, and the same for the same seed alone", async () => {
    const panel = pulsing()
    const first = await forecastOf(name, panel)
    expectSound(first, panel, { horizon: HORIZON, sums: [2, 3] })
    const written = first.flatMap(({ quantiles, sums = [] }) => [quantiles, ...sums.map((sum) => sum.quantiles)])
    expect(written.every((values) => values.some((value) => !Number.isInteger(value)))).toBe(true)
    expect(await forecastOf(name, panel)).toEqual(first)
    expect(await forecastOf(name, panel, { seed: 2 })).not.toEqual(first)
  })

  it("reads nothing at or after the limit but what is known ahead", async () => {
    const withPromotions = (change: (panel: DemandPanel) => void) => {
      const panel = pulsing()
      panel.known = [{ name: "promotion", values: panel.series.map((_, index) => Float64Array.from(panel.periods, (_, week) => (week % 5 === index ? 1 : 0))) }]
      panel.statics = [{ name: "brand", values: ["x", "x", "x", "y", null] }]
      change(panel)
      return panel
    }
    const before = await forecastOf(name, withPromotions(() => undefined))
    const spiked = withPromotions(({ series }) => {
      for (const { units, price } of series) {
        units.fill(1e6, LIMIT)
        price.fill(1, LIMIT)
      }
    })
    expect(await forecastOf(name, spiked)).toEqual(before)
    const promoted = withPromotions(({ known }) => known?.[0]?.values.forEach((values) => values.fill(1, LIMIT)))
    expect(await forecastOf(name, promoted)).not.toEqual(before)
  })
})

const forecastOf = async (name: NetName, panel: DemandPanel, more: Partial<Asked> = {}) =>
  (await fitNet(name, panel, LIMIT, asked(more))).forecast(panel, LIMIT, HORIZON, [2, 3])

describe("fitNet()", () => {
  it("gives sound forecasts of days, weeks and months, whatever is in a file, or says that it is too little", async () => {
    let fitted = 0
    await fc.assert(
      fc.asyncProperty(oddPanels({ lengths: [2, 25, 40], most: 12 }), fc.constantFrom(...NET_NAMES), fc.constantFrom(1, 3, 7), async (panel, name, horizon) => {
        const limit = panel.periods.length
        const model = await fitNet(name, panel, limit, { horizon, sums: [horizon], seed: 1, steps: 2 }).catch((error: unknown) => {
          if (error instanceof ForesightError && error.code === "too_little_data") return null
          throw error
        })
        if (!model) return
        fitted++
        const sums = horizon > 1 ? [horizon] : []
        const forecasts = model.forecast(panel, limit, horizon, sums)
        expectSound(forecasts, panel, { horizon, sums })
      }),
      { numRuns: 24, seed: 11 }
    )
    expect(fitted).toBeGreaterThan(2)
  })

  it("forecasts a panel it was not fitted on, piece by piece, and says which horizon and frequency it knows", async () => {
    const panel = pulsing()
    const model = await fitNet("mlp", panel, LIMIT, asked())
    expect(model.forecast({ ...panel, series: panel.series.slice(0, 2) }, LIMIT, 2)).toHaveLength(2)
    expect(model.forecast({ ...panel, series: [] }, LIMIT, 2)).toEqual([])
    expect(() => model.forecast(panel, LIMIT, 4)).toThrow("the net mlp forecasts up to 3 periods of a week; asked for 4 periods of a week")
    expect(() => model.forecast({ ...panel, frequency: "day" }, LIMIT, 3)).toThrow("asked for 3 periods of a day")
  })

  it("tells its steps and stops between two of them when asked to", async () => {
    const told: string[] = []
    const panel = pulsing()
    await fitNet("mlp", panel, LIMIT, asked(), { onProgress: ({ stage, step, steps }) => void told.push(`${stage} ${step}/${steps}`) })
    expect(told).toEqual(expect.arrayContaining(["nets 1/3", "nets 3/3"]))
    const before = tf.memory().numTensors
    await expect(fitNet("mlp", panel, LIMIT, asked(), { shouldStop: () => true })).rejects.toMatchObject({ code: "canceled" })
    expect(tf.memory().numTensors).toBe(before)
  })

  // one series of 12 weeks: origins 4 … 11, eight windows
  it("says how many windows too short a past gives", async () => {
    await expect(fitNet("gru", smallPanel({ series: 1, periods: 12 }), 12, asked())).rejects.toMatchObject({
      code: "too_little_data",
      message: "net gru: 64 training windows are needed; 1 series over 12 periods give 8",
    })
  })
})

describe("fitNets() on threads", () => {
  const folder = compileLearning()
  const workerPath = path.join(folder, "learning/nets/net-worker.js")
  afterAll(() => rmSync(folder, { recursive: true }))
  beforeAll(() => startBackend("wasm"))
  const tasks = (more: Partial<Asked> = {}): NetTask[] =>
    ([1, 2, 3] as const).map((seed) => ({ ...asked({ seed, ...more }), name: seed === 2 ? "mlp" : "lstm", panel: pulsing(), limit: LIMIT - seed }))
  const forecasts = (nets: TrainedNet[]) => nets.map((net) => netModel("net", net).forecast(pulsing(), LIMIT, HORIZON, [2, 3]))

  it("gives, in the order of the tasks, the nets that this thread gives, and tells the steps of all together", async () => {
    const here = await fitNets(tasks(), { workerPath: path.join(folder, "none.js") })
    const told: { step: number; steps: number }[] = []
    const there = await fitNets(tasks(), { workerPath, threads: 2, onProgress: (progress) => void told.push(progress) })
    expect(forecasts(there)).toEqual(forecasts(here))
    expect(there.map(({ spec }) => spec.name)).toEqual(["lstm", "mlp", "lstm"])
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(({ step, steps }) => step >= 1 && step <= 9 && steps === 9)).toBe(true)
  })

  it("goes on with the nets that were trained before it was cut off, and trains only the others", async () => {
    let bytes: Uint8Array | null = null
    const counts: number[] = []
    const keep = keepNets(null, (checkpoint, nets) => {
      bytes = checkpoint
      counts.push(nets)
    })
    const [first, second, third] = tasks() as [NetTask, NetTask, NetTask]
    const before = await fitNets([first, second], { workerPath, threads: 2, keptNets: keep })
    expect(counts).toEqual([1, 2])
    const trained: string[] = []
    const { find } = keepNets(bytes, () => undefined)
    const after = await fitNets([first, second, third], { workerPath: path.join(folder, "none.js"), keptNets: { find, keep: ({ name, seed }) => void trained.push(`${name} ${seed}`) } })
    expect(trained).toEqual([`${third.name} ${third.seed}`])
    expect(forecasts(after.slice(0, 2))).toEqual(forecasts(before))
    const changed = { ...first, panel: { ...first.panel, series: first.panel.series.slice(1) } }
    expect([find(changed), find({ ...first, seed: 9 }), find({ ...first, limit: 30 })]).toEqual([null, null, null])
    expect(keepNets(Uint8Array.of(1, 2, 3), () => undefined).find(first)).toBeNull()
  })

  it("takes fewer steps where the seconds do not suffice, 50 at least, and says what they lost", async () => {
    const [net] = await fitNets([{ ...asked({ steps: 1_000 }), name: "mlp", panel: pulsing(), limit: LIMIT }], { netSeconds: 0.001 })
    expect(net?.curve).toEqual([{ step: 50, loss: expect.any(Number) as number }])
  })

  it("stops them all when asked to", async () => {
    const fitting = fitNets(tasks({ steps: 1_000_000 }), { workerPath, threads: 2, shouldStop: () => true })
    await expect(fitting).rejects.toMatchObject({ code: "canceled" })
  })

  it("names the net that is refused, or whose thread fails", async () => {
    const [first, second] = tasks() as [NetTask, NetTask, NetTask]
    const short = { ...second, panel: smallPanel({ series: 1, periods: 12 }), limit: 12 }
    await expect(fitNets([first, short], { workerPath, threads: 2 })).rejects.toMatchObject({
      code: "too_little_data",
      message: "net mlp: 64 training windows are needed; 1 series over 12 periods give 8",
    })
    const failing = path.join(folder, "failing.js")
    writeFileSync(failing, `require("node:worker_threads").parentPort.on("message", () => { throw new Error("no memory") })`)
    await expect(fitNets([first, second], { workerPath: failing, threads: 2 })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/training of "net (lstm|mlp)" stopped: its thread failed: no memory/) as string,
    })
  })

  it("uses no thread where one is allowed", async () => {
    const one = await fitNets(tasks(), { workerPath: path.join(folder, "failing.js"), threads: 1 })
    expect(one).toHaveLength(3)
  })
})
