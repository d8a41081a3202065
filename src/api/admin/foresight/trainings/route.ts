import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { TrainingListAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { trainingAnswer } from "../to-answers"
import type { PageQuery, TrainingBody } from "../validators"

/** Training runs, newest first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<TrainingListAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { limit, offset } = req.validatedQuery as PageQuery
  const { trainings, count } = await stores.trainingRuns.list({ limit, offset })
  res.json({ trainings: trainings.map(trainingAnswer), count, limit, offset })
})

/** Starts a training; one of the kind that runs already is answered instead. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<TrainingBody>, res: MedusaResponse) => {
  const { trainings } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.status(202).json({ training: trainingAnswer(await trainings.start(req.validatedBody.kind)) })
})
