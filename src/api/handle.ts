import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { ForesightError } from "../domain/errors"
import type { ForesightErrorCode } from "../domain/errors"

const TYPES: Partial<Record<ForesightErrorCode, string>> = {
  not_found: MedusaError.Types.NOT_FOUND,
  conflict: MedusaError.Types.NOT_ALLOWED,
  invalid_event: MedusaError.Types.INVALID_DATA,
  invalid_settings: MedusaError.Types.INVALID_DATA,
  invalid_file: MedusaError.Types.INVALID_DATA,
  invalid_options: MedusaError.Types.INVALID_DATA,
  canceled: MedusaError.Types.NOT_ALLOWED,
}
/** What Medusa has no error for: a status and a type of our own, and when to come again. */
const COME_AGAIN: Partial<Record<ForesightErrorCode, { status: number; type: string }>> = {
  unavailable: { status: 503, type: "service_unavailable" },
  too_many: { status: 429, type: "too_many_requests" },
}
const RETRY_AFTER_SECONDS = 5

/** Lets a route speak plainly: what our rules refuse becomes Medusa's error of that kind,
 * what is away or too much for now a 503 or 429 that says when to come again. */
export function handle<Request extends MedusaRequest>(route: (req: Request, res: MedusaResponse) => Promise<void>) {
  return async (req: Request, res: MedusaResponse): Promise<void> => {
    try {
      await route(req, res)
    } catch (error) {
      if (!(error instanceof ForesightError)) throw error
      const later = COME_AGAIN[error.code]
      if (later) {
        res.setHeader("Retry-After", error.retryAfterSeconds ?? RETRY_AFTER_SECONDS)
        res.setHeader("Access-Control-Expose-Headers", "Retry-After") // else a storefront on another domain may not read it
        res.status(later.status).json({ type: later.type, message: error.message })
        return
      }
      throw new MedusaError(TYPES[error.code] ?? MedusaError.Types.UNEXPECTED_STATE, error.message)
    }
  }
}
