import type { BoostingTask } from "../domain/boosting"
import type { ForesightErrorCode } from "../domain/errors"

/** What the thread of boosted trees is asked. */
export interface ToBoostingWorker {
  job: number
  task: BoostingTask
}

/** What it says; trees come packed: one piece of memory that changes hands instead of being copied. */
export type FromBoostingWorker =
  | { type: "round"; job: number; round: number; validationLoss: number | null }
  | { type: "done"; job: number; trees: Uint8Array }
  | { type: "failed"; job: number; code: ForesightErrorCode; message: string }
