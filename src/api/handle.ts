import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { ForesightError } from "../domain/errors"
import type { ForesightErrorCode } from "../domain/errors"

const TYPES: Partial<Record<ForesightErrorCode, string>> = {
  not_found: MedusaError.Types.NOT_FOUND,
  conflict: MedusaError.Types.NOT_ALLOWED,
  invalid_event: MedusaError.Types.INVALID_DATA,
  invalid_settings: MedusaError.Types.INVALID_DATA,
}
const RETRY_AFTER_SECONDS = 5

/** Lets a route speak plainly: what our rules refuse becomes Medusa's error of that kind, what is away for now a 503 that says when to come again. */
export function handle<Request extends MedusaRequest>(route: (req: Request, res: MedusaResponse) => Promise<void>) {
  return async (req: Request, res: MedusaResponse): Promise<void> => {
    try {
      await route(req, res)
    } catch (error) {
      if (!(error instanceof ForesightError)) throw error
      if (error.code === "unavailable") {
        res.setHeader("Retry-After", RETRY_AFTER_SECONDS)
        res.status(503).json({ type: "service_unavailable", message: error.message })
        return
      }
      throw new MedusaError(TYPES[error.code] ?? MedusaError.Types.UNEXPECTED_STATE, error.message)
    }
  }
}
