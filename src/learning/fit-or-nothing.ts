import { ForesightError } from "../domain/errors"

/** What `fit` gives; `null` where the history is too short or too small for it: other models need less. Any other error is the caller's. */
export async function fitOrNothing<Fitted>(fit: () => Promise<Fitted>): Promise<Fitted | null> {
  try {
    return await fit()
  } catch (error) {
    if (error instanceof ForesightError && error.code === "too_little_data") return null
    throw error
  }
}
