import { stage } from "../../../../src/domain/recommending/training-run"

describe("stage()", () => {
  it("reports, then lets messages in, then stops when asked to", async () => {
    const said: string[] = []
    const training = {
      timeBudgetSeconds: 1,
      memoryBudgetBytes: 1,
      serving: null,
      now: () => 0,
      onProgress: ({ stage: name, step, steps }: { stage: string; step: number; steps: number }) => void said.push(`${name} ${step}/${steps}`),
      pause: async () => void said.push("pause"),
      shouldStop: () => said.length > 2,
    }
    // the second of three tasks: 100 hundredths done before it
    const onStep = stage(training, "tuning", 1, 3)
    await onStep(1, 8)
    await expect(onStep(2, 8)).rejects.toMatchObject({ code: "canceled", message: "training was canceled while tuning, step 125 of 300" })
    expect(said).toEqual(["tuning 112/300", "pause", "tuning 125/300", "pause"])
  })
})
