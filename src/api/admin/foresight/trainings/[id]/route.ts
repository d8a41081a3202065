import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import { handle } from "../../../../handle"
import { uuidOf } from "../../path-ids"
import { trainingAnswer } from "../../to-answers"

/** One run; with `Accept: text/event-stream` an event `training` now and after each change until it ends. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { stores, trainings } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const run = await stores.trainingRuns.get(uuidOf(req.params, "Training"))
  if (!req.headers.accept?.includes("text/event-stream")) {
    res.json({ training: trainingAnswer(run) })
    return
  }
  const gone = new AbortController()
  res.on("close", () => gone.abort())
  res.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store", Connection: "keep-alive", "X-Accel-Buffering": "no" })
  for await (const state of trainings.follow(run.id, gone.signal)) res.write(`event: training\ndata: ${JSON.stringify({ training: trainingAnswer(state) })}\n\n`)
  res.end()
})

/** Cancels a run that is queued or running. */
export const DELETE = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { trainings } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.status(202).json({ training: trainingAnswer(await trainings.cancel(uuidOf(req.params, "Training"))) })
})
