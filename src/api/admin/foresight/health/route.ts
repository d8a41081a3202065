import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MODEL_KINDS } from "../../../../domain/training"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { HealthAnswer } from "../../../answers"
import { handle } from "../../../handle"

/** Whether every part is there, and how fresh what it made is. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<HealthAnswer>) => {
  const { stores, temporal } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const [events, advice, models, health] = await Promise.all([
    stores.events.summary(),
    stores.advice.summary(),
    Promise.all(MODEL_KINDS.map(async (kind) => ({ kind, serving: await stores.modelVersions.serving(kind) }))),
    temporal.health(),
  ])
  res.json({
    database: { ok: true, message: `${events.total} events` },
    temporal: health.temporal,
    worker: health.worker,
    models: models.map(({ kind, serving }) => ({ kind, version: serving?.version ?? null, created_at: serving?.createdAt.toISOString() ?? null })),
    events: { last_day: events.lastDay, total: events.total },
    advice: { computed_at: advice.computedAt?.toISOString() ?? null, count: advice.count },
  })
})
