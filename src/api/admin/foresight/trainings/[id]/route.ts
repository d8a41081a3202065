import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import { ForesightError } from "../../../../../domain/errors"
import { handle } from "../../../../handle"
import { trainingAnswer } from "../../to-answers"

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function idOf(req: AuthenticatedMedusaRequest): string {
  const id = req.params.id ?? ""
  if (!UUID.test(id)) throw new ForesightError("not_found", `Training ${id} was not found`)
  return id
}

/** One run; with `Accept: text/event-stream` an event `training` now and after each change until it ends. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { stores, trainings } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const run = await stores.trainingRuns.get(idOf(req))
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
  res.status(202).json({ training: trainingAnswer(await trainings.cancel(idOf(req))) })
})
