/** How COPY's text format writes `NULL`. */
export const NULL = "\\N"
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\ufffd" }
const SPECIAL = /[\\\t\n\r\0]/

/** A value in COPY's text format. NUL becomes the replacement character, as half a surrogate pair does when the text is sent as UTF-8. */
export function copyField(value: string | null): string {
  if (value === null) return NULL
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r\0]/g, (character) => ESCAPES[character] ?? character) : value
}

/** The lines of an order, and of a page view, share their instant. */
let lastTime = Number.NaN
let lastIso = ""
/** An instant in COPY's text format. */
export function copyInstant(at: Date): string {
  if (at.getTime() !== lastTime) {
    lastTime = at.getTime()
    lastIso = at.toISOString()
  }
  return lastIso
}
