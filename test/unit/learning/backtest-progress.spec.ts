import { backtestProgress, type BacktestProgress } from "../../../src/learning/backtest-progress"

function progressOf(models: readonly string[], origins: number) {
  const told: BacktestProgress[] = []
  return { told, progress: backtestProgress(models, origins, (far) => void told.push(far)) }
}
const round = ({ step, text }: BacktestProgress) => [Math.round(step * 10) / 10, text]

describe("backtestProgress()", () => {
  it("counts each model as long as it usually takes", () => {
    const { told, progress } = progressOf(["auto", "boosted", "lstm", "naive"], 2)
    for (const model of ["auto", "boosted", "lstm", "naive", "auto"]) progress.begin(model)
    expect(told.map(round)).toEqual([[0, "auto"], [200, "boosted"], [250, "lstm"], [350, "naive"], [351, "auto"]])
    expect(told[0]).toMatchObject({ stage: "backtest", steps: 702 })
  })

  it("moves with the stages of a fit, also where one comes again", () => {
    const { told, progress } = progressOf(["boosted"], 1)
    const hear = progress.begin("boosted")
    for (const [stage, step] of [["trees", 5], ["trees", 10], ["trees", 5], ["counts", 0], ["counts", 10]] as const) hear({ stage, step, steps: 10 })
    // three parts of 50 / 3 each
    expect(told.slice(1).map(round)).toEqual([[8.3, "boosted: trees"], [16.7, "boosted: trees"], [25, "boosted: trees"], [33.3, "boosted: counts"], [50, "boosted: counts"]])
  })

  it("takes the nets of the choice for as long as four other parts, and never goes back or beyond the fit", () => {
    const { told, progress } = progressOf(["auto"], 1)
    const hear = progress.begin("auto")
    hear({ stage: "nets", step: 10, steps: 20 })
    hear({ stage: "nets", step: 10, steps: 40 }) // the work turned out to be more
    for (let pass = 0; pass < 20; pass++) hear({ stage: `pass ${pass}`, step: 1, steps: 1 })
    const steps = told.map(({ step }) => step)
    expect(steps.slice(0, 3).map((step) => Math.round(step))).toEqual([0, 36, 36]) // 200 · 2 / 11
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(steps.at(-1)).toBe(200)
  })

  it("stands still where a stage has no steps", () => {
    const { told, progress } = progressOf(["mlp"], 1)
    progress.begin("mlp")({ stage: "nets", step: 0, steps: 0 })
    expect(told.map(({ step }) => step)).toEqual([0, 0])
  })
})
