import * as tf from "@tensorflow/tfjs"
import { startBackend } from "../../../src/learning/backend"
import { DemandNet, initialDemandNetWeights } from "../../../src/learning/demand-net"
import { heldOutWql } from "../../../src/learning/demand-net-loss"
import { demandNetSpec } from "../../../src/learning/demand-net-spec"
import { fitDemandNet } from "../../../src/learning/fit-demand-net"
import type { FitDemandNet, FittedDemandNet } from "../../../src/learning/fit-demand-net"
import { smallPanel } from "../../support/demand-panels"
import { recordingWatch } from "../../support/training-watch"

const UNTIL = 56
const HORIZON = 3

const options = (more: Partial<FitDemandNet> = {}): FitDemandNet => ({
  seed: 5,
  timeBudgetSeconds: 600,
  maxSteps: 100,
  learningRate: 3e-3,
  holdOut: true,
  start: null,
  stage: "fit",
  checkpoint: null,
  watch: recordingWatch(),
  ...more,
})

describe("fitDemandNet()", () => {
  const panel = smallPanel()
  const watch = recordingWatch()
  let whole: FittedDemandNet
  let tensorsBefore = 0
  let tensorsAfter = 0
  beforeAll(async () => {
    await startBackend("wasm")
    tensorsBefore = tf.memory().numTensors
    whole = await fitDemandNet(panel, UNTIL, HORIZON, options({ watch }))
    tensorsAfter = tf.memory().numTensors
  })

  it("forecasts unseen weeks better than its first weights, and leaves no tensor behind", async () => {
    const spec = demandNetSpec(panel, UNTIL, HORIZON)
    const untrained = new DemandNet(spec, initialDemandNetWeights(spec, 5))
    // Units are uniform on 0.5 … 1.5 times an item's rate, so the true quantiles reach mean of q(1 − q) over the 15 levels = 0.121.
    const wql = heldOutWql(whole.net, panel, UNTIL, UNTIL + HORIZON)
    expect(wql).toBeLessThan(0.9 * heldOutWql(untrained, panel, UNTIL, UNTIL + HORIZON))
    expect(wql).toBeLessThan(0.165)
    expect(whole.curve.map(({ step }) => step)).toEqual([50, 100])
    expect(watch.progress.at(-1)).toMatchObject({ stage: "fit", step: 100, steps: 100 })
    expect(tensorsAfter).toBe(tensorsBefore)
  })

  it("goes on from a checkpoint exactly as if it had not been stopped", async () => {
    expect(await fitDemandNet(panel, UNTIL, HORIZON, options({ checkpoint: watch.checkpoints[0] as Uint8Array }))).toEqual(whole)
  })

  it("gives the same net for the same seed, and another for another", async () => {
    const fit = async (seed: number) => (await fitDemandNet(panel, UNTIL, HORIZON, options({ maxSteps: 2, seed }))).net
    const first = await fit(5)
    expect(await fit(5)).toEqual(first)
    expect(await fit(6)).not.toEqual(first)
  })

  it("starts afresh from a checkpoint of other data or of nothing known", async () => {
    const watch = recordingWatch()
    await fitDemandNet(smallPanel({ seed: 2 }), UNTIL, HORIZON, options({ watch, maxSteps: 1 }))
    const fresh = await fitDemandNet(panel, UNTIL, HORIZON, options({ maxSteps: 1 }))
    for (const checkpoint of [watch.checkpoints[0] as Uint8Array, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)]) {
      expect((await fitDemandNet(panel, UNTIL, HORIZON, options({ maxSteps: 1, checkpoint }))).net).toEqual(fresh.net)
    }
  })

  it("goes on from a fitted net on all periods, none held out", async () => {
    const { net } = await fitDemandNet(panel, UNTIL, HORIZON, options({ maxSteps: 1 }))
    const final = await fitDemandNet(panel, 60, HORIZON, options({ maxSteps: 2, start: net, holdOut: false }))
    expect(final.net.spec).toEqual(net.spec)
    expect(final.step).toBe(2)
    expect(final.curve).toEqual([{ step: 2, loss: expect.any(Number) as number }])
  })

  it("learns on where nothing was sold in what is held out: the last weights win", async () => {
    const closed = { ...panel, series: panel.series.map((series) => ({ ...series, units: series.units.map((sold, week) => (week >= UNTIL - HORIZON && week < UNTIL ? 0 : sold)) })) }
    const { step, curve } = await fitDemandNet(closed, UNTIL, HORIZON, options())
    expect(step).toBe(100)
    expect(curve.map(({ validationLoss }) => validationLoss)).toEqual([undefined, undefined])
  })

  it("stops between two steps when asked to", async () => {
    await expect(fitDemandNet(panel, UNTIL, HORIZON, options({ watch: recordingWatch(3) }))).rejects.toMatchObject({
      code: "canceled",
      message: "the training was canceled at step 3 of 100",
    })
  })

  it("ends after the round in which its time is up", async () => {
    const { curve } = await fitDemandNet(panel, UNTIL, HORIZON, options({ timeBudgetSeconds: 0.001 }))
    expect(curve.map(({ step }) => step)).toEqual([50])
  })

  // One series of 8 weeks, 3 held out: origins 4 … 4, one window.
  it("says how many windows too short a history gives", async () => {
    const tiny = smallPanel({ series: 1, periods: 8 })
    await expect(fitDemandNet(tiny, 8, HORIZON, options())).rejects.toMatchObject({
      code: "too_little_data",
      message: "the net needs 64 training windows; 1 series over 8 periods give 1",
    })
  })
})
