import { languageTag } from "../hooks/language-tag"

const units = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const

/** A length of time in the two largest units that count, in the reader's language: `3725` → "1 hr 2 min". */
export function durationText(seconds: number, language: string): string {
  const whole = Math.max(0, Math.round(seconds))
  const largest = units.findIndex(([, size]) => whole >= size)
  const from = largest < 0 ? units.length - 1 : largest
  let left = whole
  const parts: string[] = []
  for (const [unit, size] of units.slice(from, from + 2)) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0 || parts.length === 0) parts.push(new Intl.NumberFormat(languageTag(language), { style: "unit", unit, unitDisplay: "short" }).format(count))
  }
  return parts.join(" ")
}
