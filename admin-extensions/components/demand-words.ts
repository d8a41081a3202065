import type { TFunction } from "i18next"
import type { DemandLevelAnswer, DemandReasonsAnswer, DemandRemarkAnswer } from "../../src/api/answers"
import type { useFormats } from "../hooks/use-formats"

type Formats = ReturnType<typeof useFormats>

/** What a place is called: its title, or the screen's word for the shop and for products without a category. */
export const placeTitle = (t: TFunction<"foresight">, { level, id, title }: { level: DemandLevelAnswer; id: string; title: string | null }) =>
  level === "shop" ? t("demand.wholeShop") : (title ?? (level === "category" ? t("demand.noCategory") : id))

/** A part or a multiple as whole percent. */
export const percentText = (format: Formats, share: number) => format.share(Math.round(100 * share) / 100)

/** A relative change with its sign: `+12%`. */
export const changeText = (format: Formats, change: number) => `${change > 0 ? "+" : change < 0 ? "−" : ""}${percentText(format, Math.abs(change))}`

/** About as many units: whole ones from 10 on. */
export const about = (format: Formats, units: number) => (units >= 10 ? format.units(Math.round(units)) : format.rounded(units))

/** About as many units more or less: whole ones from 10 on. */
export const signedAbout = (format: Formats, units: number) => format.signed(Math.abs(units) >= 10 ? Math.round(units) : Math.round(units * 10) / 10)

/** Why as much is expected, as one sentence in the reader's language; empty where there is nothing to say. */
export function reasonsText(t: TFunction<"foresight">, format: Formats, { code, weeks, expected, long_run: longRun, because }: DemandReasonsAnswer): string {
  if (code === null) return ""
  const distance = expected - weeks * longRun
  const said = t(`demand.reasons.${code}`, { count: weeks, expected: about(format, Math.max(0, expected)), distance: about(format, Math.abs(distance)) })
  const named = because.map(({ group, units }) => `${t(`demand.reasons.sentence.${group}`)} (${signedAbout(format, units)})`)
  const before = code === "as_usual" ? "demand.reasons.counts" : "demand.reasons.mostly"
  return named.length === 0 ? `${said}.` : `${said}${t(before)} ${named.join(", ")}.`
}

/** The lower and the upper edge of a band. */
export const bandText = (format: Formats, { low, high }: { low: number; high: number }) => `${about(format, low)}–${about(format, high)}`

/** Everything worth saying as one sentence in the reader's language. */
export function remarksText(t: TFunction<"foresight">, format: Formats, remarks: readonly DemandRemarkAnswer[]): string {
  const said = remarks.map(({ code, change = 0, ...numbers }) =>
    t(`demand.remarks.${code}`, {
      change: percentText(format, Math.abs(change)),
      direction: t(change > 0 ? "demand.stronger" : "demand.weaker"),
      sells: numbers.demand_class ? t(`demand.classes.${numbers.demand_class}.sentence`) : "",
      perWeek: about(format, numbers.per_week ?? 0),
      units: about(format, numbers.units ?? 0),
      sold: about(format, numbers.sold ?? 0),
      count: numbers.weeks ?? 0,
      promotion: numbers.promotion ?? "",
    })
  )
  const text = said.join("; ")
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
