// A training process that counts to 60 instead of training: it goes on from the checkpoint it is given and tells its own pid as the stage.
const STEPS = 60
let stopped = false
process.on("message", (message) => {
  if (message.type === "cancel") stopped = true
  if (message.type !== "job") return
  const from = message.job.checkpoint ? message.job.checkpoint[0] : 0
  let step = from
  process.send({ type: "ready", backend: "counting" })
  const timer = setInterval(() => {
    if (stopped) {
      clearInterval(timer)
      process.send({ type: "failed", code: "canceled", message: `stopped at step ${step}` })
      return
    }
    step += 1
    process.send({ type: "progress", progress: { stage: String(process.pid), step, steps: STEPS, loss: 1 / step } })
    process.send({ type: "checkpoint", bytes: Uint8Array.of(step), step })
    if (step < STEPS) return
    clearInterval(timer)
    const gate = { metric: "sum_wql", value: 0.2, baselines: { seasonal_naive: 0.3 }, promote: true, reason: "0.2 is below 0.3" }
    process.send({ type: "result", result: { task: "train", bytes: Uint8Array.of(step), algorithm: "counting", parameters: { from }, backtest: {}, gate, backend: "counting", seconds: 6, lossCurve: [{ step: from + 1, loss: 1 / (from + 1) }] } })
  }, 100)
})
