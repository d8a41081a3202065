import { z } from "zod"
import { ForesightError } from "../errors"
import type { ReplenishmentSettings } from "./types"

const days = (least: number, most: number) => z.number().min(least, `expected ${least} to ${most} days`).max(most, `expected ${least} to ${most} days`)
const quantity = z.number().min(0, "expected 0 or more units").max(1e9, "expected at most 1,000,000,000 units")

/** What a shop may set itself for an inventory item at a location; a missing or `null` field takes the default. Unknown fields are refused. */
export const OwnReplenishmentSettings = z
  .object({
    leadTimeDays: days(0, 365).nullish(),
    leadTimeSdDays: days(0, 90).nullish(),
    reviewDays: days(1, 180).nullish(),
    serviceLevel: z.number().gt(0.5, "expected more than 0.5 and less than 1").lt(1, "expected more than 0.5 and less than 1").nullish(),
    coverDays: days(0, 365).nullish(),
    moq: quantity.nullish(),
    packSize: quantity.nullish(),
  })
  .strict()
export type OwnReplenishmentSettings = z.infer<typeof OwnReplenishmentSettings>

const NAMES = Object.keys(OwnReplenishmentSettings.shape) as (keyof ReplenishmentSettings)[]

/** The settings that count for an item: its own where set, else the default; `assumed` names those that are defaults.
 * @throws ForesightError `invalid_settings`, naming every field out of range, its value and what was expected.
 */
export function mergeSettings(
  own: OwnReplenishmentSettings | null,
  defaults: ReplenishmentSettings
): { settings: ReplenishmentSettings; assumed: (keyof ReplenishmentSettings)[] } {
  const parsed = OwnReplenishmentSettings.safeParse(own ?? {})
  if (!parsed.success) {
    const given = own as Record<string, unknown>
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join(".") || "settings"
      return `${name} is ${JSON.stringify(given[name])}: ${issue.message}`
    })
    throw new ForesightError("invalid_settings", problems.join("; "))
  }
  const settings = { ...defaults }
  const assumed: (keyof ReplenishmentSettings)[] = []
  for (const name of NAMES) {
    const value = parsed.data[name]
    if (value === null || value === undefined) assumed.push(name)
    else settings[name] = value
  }
  return { settings, assumed }
}

/** Whole days from an order placed today to the arrival of the next one: lead time and review period. `isOwn`: not both by default.
 * @throws ForesightError as `mergeSettings()`. */
export function protectionDays(own: OwnReplenishmentSettings | null, defaults: ReplenishmentSettings): { days: number; isOwn: boolean } {
  const { settings, assumed } = mergeSettings(own, defaults)
  return { days: Math.round(settings.leadTimeDays) + Math.round(settings.reviewDays), isOwn: !(assumed.includes("leadTimeDays") && assumed.includes("reviewDays")) }
}
