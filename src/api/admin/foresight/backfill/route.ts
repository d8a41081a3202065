import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { BackfillAnswer } from "../../../answers"
import { handle } from "../../../handle"
import type { BackfillBody } from "../validators"

const answer = async ({ temporal }: ForesightModuleService): Promise<BackfillAnswer> => {
  const { status, progress } = await temporal.backfillState()
  if (status === "gone") return { status: "none", progress: null }
  if (!progress) return { status, progress: null }
  const { stage, ordersTotal, counts } = progress
  return { status, progress: { stage, orders: counts.orders, orders_total: ordersTotal, recovered: counts.recovered, returns: counts.returns, set_aside: counts.setAside?.length ?? 0 } }
}

/** How far the walk over all the shop's orders has come. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<BackfillAnswer>) => {
  res.json(await answer(req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)))
})

/** Starts it; one that runs already goes on. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<BackfillBody>, res: MedusaResponse<BackfillAnswer>) => {
  const foresight = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.temporal.startBackfill({ fromStart: req.validatedBody.from_start })
  res.status(202).json(await answer(foresight))
})
