// A training process without training: what it does is named by the job's `seed` field, so that the parent's side can be tested alone.
process.on("message", (message) => {
  if (message.type === "cancel") {
    if (mode === "obedient") process.send({ type: "failed", code: "canceled", message: "stopped at step 1" })
    return
  }
  mode = message.job.seed
  if (mode === "crash") process.exit(3)
  if (mode === "fail") process.send({ type: "failed", code: "invalid_series", message: "units[3] is -1; expected ≥ 0" })
  if (mode === "result") {
    process.send({ type: "ready", backend: "fake" })
    process.send({ type: "progress", progress: { stage: "fitting", step: 1, steps: 2 } })
    process.send({ type: "checkpoint", bytes: Uint8Array.of(1, 2, 3), step: 1 })
    process.send({ type: "result", result: { task: "forecast", forecasts: [], reasons: [], correlation: { pid: process.pid }, priceResponses: [], seconds: 0, backend: message.job.panel.series[0].units.constructor.name } })
  }
  if (mode === "obedient" || mode === "deaf") process.send({ type: "progress", progress: { stage: String(process.pid), step: 1, steps: 2 } })
})
let mode = ""
