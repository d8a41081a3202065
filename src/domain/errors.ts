/** Stable reasons a rule or a door refuses something; doors and workflows compare the code, never the class or the text. */
export type ForesightErrorCode =
  | "invalid_series"
  | "invalid_event"
  | "invalid_settings"
  | "invalid_interactions"
  | "invalid_options"
  | "invalid_file"
  | "invalid_model"
  | "not_found"
  | "conflict"
  | "canceled"
  | "unavailable"
  | "too_many"
  | "too_little_data"

/** An error a user can act on: its message names the field, the value found and what was expected. */
export class ForesightError extends Error {
  /** Seconds after which trying again makes sense; `null` where nobody knows. */
  readonly retryAfterSeconds: number | null

  constructor(
    readonly code: ForesightErrorCode,
    message: string,
    { retryAfterSeconds, ...options }: { cause?: unknown; retryAfterSeconds?: number } = {}
  ) {
    super(message, options)
    this.name = "ForesightError"
    this.retryAfterSeconds = retryAfterSeconds ?? null
  }
}
