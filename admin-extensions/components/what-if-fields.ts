/** What is asked of a variant: another price, or a promotion. */
export type WhatIfWish = { variant_id: string; weeks: number } & ({ price_change: number } | { promotion: "true" })

/** What stands in the form: whole percent below the price (negative) or above it, and whole weeks. */
export interface WhatIfForm {
  kind: "price" | "promotion"
  percent: string
  weeks: string
}
export type WhatIfProblem = "percent" | "weeks"

const LOWEST = -90
const HIGHEST = 200
const MOST_WEEKS = 26

/** As it opens: a tenth cheaper for two weeks. */
export const USUAL_QUESTION: WhatIfForm = { kind: "price", percent: "-10", weeks: "2" }

/** What the form asks, or what is wrong with it. A comma counts as the decimal point, a true minus as a minus. */
export function readWhatIf({ kind, percent, weeks }: WhatIfForm, variantId: string): { wish: WhatIfWish } | { problem: WhatIfProblem } {
  const span = /^\d+$/.test(weeks.trim()) ? Number(weeks) : NaN
  if (!(span >= 1 && span <= MOST_WEEKS)) return { problem: "weeks" }
  if (kind === "promotion") return { wish: { variant_id: variantId, weeks: span, promotion: "true" } }
  const text = percent.trim().replace("−", "-").replace(",", ".")
  const change = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  if (!(change >= LOWEST && change <= HIGHEST) || change === 0) return { problem: "percent" }
  return { wish: { variant_id: variantId, weeks: span, price_change: Number((change / 100).toPrecision(12)) } }
}
