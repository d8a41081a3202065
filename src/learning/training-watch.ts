import type { TrainingProgress } from "../domain/training"

/** How a training talks with whoever started it. */
export interface TrainingWatch {
  onProgress: (progress: TrainingProgress) => void
  /** State from which the same training can go on; `step` only orders them. */
  onCheckpoint: (bytes: Uint8Array, step: number) => void
  /** Asked between two steps; once true the training ends with the error `canceled`. */
  shouldStop: () => boolean
}
