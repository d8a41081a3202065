import type { SettingName, SettingsAnswer } from "../../src/api/answers"

interface SettingField {
  name: SettingName
  /** Range of the value as it is sent; `open` where the ends themselves are refused. */
  least: number
  most: number
  open?: boolean
  /** Shown value = sent value × scale; 100 for percent. */
  scale: number
}

/** The settings in the order of the form, with the ranges the server accepts. */
export const SETTING_FIELDS: readonly SettingField[] = [
  { name: "lead_time_days", least: 0, most: 365, scale: 1 },
  { name: "lead_time_sd_days", least: 0, most: 90, scale: 1 },
  { name: "review_days", least: 1, most: 180, scale: 1 },
  { name: "service_level", least: 0.5, most: 1, open: true, scale: 100 },
  { name: "cover_days", least: 0, most: 365, scale: 1 },
  { name: "moq", least: 0, most: 1e9, scale: 1 },
  { name: "pack_size", least: 0, most: 1e9, scale: 1 },
]

/** What stands in one field of the form. */
export interface FieldState {
  useDefault: boolean
  text: string
}
export type FormState = Record<SettingName, FieldState>

export type FieldProblem =
  | { key: "missing" }
  | { key: "number"; value: string }
  | { key: "least"; least: number }
  | { key: "range" | "between"; least: number; most: number }

/** A sent value as the form shows it. Rounding hides what binary fractions add: 0.07 × 100. */
export const shownValue = (field: SettingField, value: number) => Number((value * field.scale).toPrecision(12))

/** The form for the shop's own settings; where it has none, the box shows the default and is switched off. */
export function formState(own: { [name in SettingName]: number | null }, defaults: SettingsAnswer): FormState {
  const fields = SETTING_FIELDS.map((field) => {
    const value = own[field.name]
    return [field.name, { useDefault: value === null, text: String(shownValue(field, value ?? defaults[field.name])) }] as const
  })
  return Object.fromEntries(fields) as FormState
}

/** The number in a field, in the unit that is sent, or what is wrong with it. A comma counts as the decimal point; `null` gives the default back. */
export function readField(field: SettingField, { useDefault, text }: FieldState): { value: number | null } | { problem: FieldProblem } {
  if (useDefault) return { value: null }
  const trimmed = text.trim()
  if (trimmed === "") return { problem: { key: "missing" } }
  const shown = /^[+-]?\d*[.,]?\d+$|^[+-]?\d+[.,]$/.test(trimmed) ? Number(trimmed.replace(",", ".")) : NaN
  if (!Number.isFinite(shown)) return { problem: { key: "number", value: trimmed } }
  const value = Number((shown / field.scale).toPrecision(12))
  const { least, most, open = false, scale } = field
  if (open ? value > least && value < most : value >= least && value <= most) return { value }
  if (most >= 1e9 && value < least) return { problem: { key: "least", least: least * scale } }
  return { problem: { key: open ? "between" : "range", least: least * scale, most: most * scale } }
}
