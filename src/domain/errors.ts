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

/** An error a user can act on: its message names the field, the value found and what was expected. */
export class ForesightError extends Error {
  constructor(
    readonly code: ForesightErrorCode,
    message: string,
    options?: { cause?: unknown }
  ) {
    super(message, options)
    this.name = "ForesightError"
  }
}
