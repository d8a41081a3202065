import { setTimeout as sleep } from "node:timers/promises"
import type { NightlyOutcome } from "../../workflows/nightly"
import { onInterrupt } from "./interrupt"
import { EXIT, print, printJson, say, table } from "./output"
import { createProgress } from "./progress"
import { withStore } from "./store-connection"
import { tellWhoIsMissing } from "./tell-who-is-missing"
import { trainingRunIfBegun } from "./training-run-if-begun"

export interface RunNightlyOptions {
  json: boolean
  seed: number
  train: "due" | "all" | "none"
}

const POLL_MS = 500
const STAGES = ["reconcile", "demand", "train", "forecasts", "advice", "recommendations", "retention", "done"] as const

/** Runs the whole cycle now and follows it; answers the exit code. */
export async function runNightly({ json, seed, train }: RunNightlyOptions): Promise<number> {
  return withStore(async ({ client, stores }) => {
    await client.startNightly({ train, seed })
    const progress = createProgress()
    const interrupt = onInterrupt({ what: "the nightly cycle", cancel: () => client.cancelNightly() })
    const missing = tellWhoIsMissing(client)
    const started = Date.now()
    try {
      while (!interrupt.left) {
        const { status, progress: at } = await client.nightlyState()
        if (status !== "running") break
        if (!at) await missing("the nightly cycle")
        else {
          const { stage, kind, trainingRunId } = at
          const training = trainingRunId ? await trainingRunIfBegun({ stores }, trainingRunId) : null
          if (training?.progress) progress.update(`${kind}: ${training.progress.stage}`, training.progress.step, training.progress.steps)
          else progress.update(kind ? `${kind}: data` : stage, STAGES.indexOf(stage), STAGES.length)
        }
        await sleep(POLL_MS)
      }
    } finally {
      interrupt.dispose()
      progress.stop()
    }
    if (interrupt.left) return EXIT.failed
    const outcome = await client.nightlyResult()
    const seconds = (Date.now() - started) / 1000
    for (const warning of outcome.warnings ?? []) say(warning)
    if (json) {
      const { reconciled, rebuiltDays, trained, forecasts, advised, customers, removed } = outcome
      const { months, events, modelVersions, reports } = removed ?? { months: 0, events: 0, modelVersions: 0, reports: 0 }
      const gone = { months, events, model_versions: modelVersions, reports }
      printJson({ reconciled, rebuilt_days: rebuiltDays, trained, forecasts, advised, customers, removed: gone, seconds })
    } else {
      const said = (count: number | null) => (count === null ? "left to another run" : String(count))
      const trained = Object.entries(outcome.trained).map(([kind, status]) => `${kind} ${status.replaceAll("_", " ")}`)
      print(
        table([
          ["orders read", said(outcome.reconciled?.orders ?? null)],
          ["days recounted", String(outcome.rebuiltDays)],
          ["trained", trained.join(", ") || "nothing was due"],
          ["forecasts", said(outcome.forecasts)],
          ["advice", said(outcome.advised)],
          ["customers", said(outcome.customers)],
          ["no longer kept", outcome.removed ? keptNoLonger(outcome.removed) : "–"],
        ])
      )
      say(`done in ${seconds.toFixed(1)} s`)
    }
    return Object.values(outcome.trained).includes("failed") ? EXIT.failed : EXIT.done
  })
}

const keptNoLonger = ({ months, events, modelVersions }: NonNullable<NightlyOutcome["removed"]>) => `${months} months, ${events} events, bytes of ${modelVersions} models`
