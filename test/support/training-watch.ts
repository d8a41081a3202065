import type { TrainingProgress } from "../../src/domain/training"
import type { TrainingWatch } from "../../src/learning/training-watch"

/** Remembers what a training says; `stopAfter` progress messages it asks the training to stop. */
export function recordingWatch(stopAfter = Infinity): TrainingWatch & { progress: TrainingProgress[]; checkpoints: Uint8Array[] } {
  const progress: TrainingProgress[] = []
  const checkpoints: Uint8Array[] = []
  return {
    progress,
    checkpoints,
    onProgress: (message) => void progress.push(message),
    onCheckpoint: (bytes) => void checkpoints.push(bytes),
    shouldStop: () => progress.length >= stopAfter,
  }
}
