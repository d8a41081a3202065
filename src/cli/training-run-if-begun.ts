import type { TrainingRun } from "../database/stores/training-run-store"
import { ForesightError } from "../domain/errors"
import type { StoreConnection } from "./store-connection"

/** The run of a training, or `null` while its first step has not run yet. */
export async function trainingRunIfBegun({ stores }: Pick<StoreConnection, "stores">, id: string): Promise<TrainingRun | null> {
  return stores.trainingRuns.get(id).catch((error: unknown) => {
    if (error instanceof ForesightError && error.code === "not_found") return null
    throw error
  })
}
