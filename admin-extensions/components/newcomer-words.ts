import type { TFunction } from "i18next"
import type { NewcomerAnswer } from "../../src/api/answers"
import type { useFormats } from "../hooks/use-formats"
import { about, bandText } from "./demand-words"

type T = TFunction<"foresight">

/** How long it has been known. */
export const newcomerAge = (t: T, { known_weeks: weeks }: NewcomerAnswer) => (weeks === 0 ? t("demand.newcomers.unsold") : t("demand.newcomers.weeks", { count: weeks }))

/** From which others its numbers are taken. */
export function newcomerOthers(t: T, { has_category: hasCategory, of_category: count, of_price: similar, of_title: alike }: NewcomerAnswer): string {
  const category = count === 0 ? t("demand.newcomers.wholeShop") : t(hasCategory ? "demand.newcomers.ofCategory" : "demand.newcomers.uncategorised", { count })
  const price = count > 0 && similar > 0 ? t("demand.newcomers.ofPrice", { count: similar }) : ""
  const names = alike.length > 0 ? t("demand.newcomers.ofTitle", { names: alike.map(({ title }) => title).join("; ") }) : ""
  return `${category}${price}.${names && ` ${names}`}`
}

/** All of it as text, for where there is no table. */
export const newcomerText = (t: T, format: ReturnType<typeof useFormats>, newcomer: NewcomerAnswer) =>
  t("demand.newcomers.sentence", {
    age: newcomerAge(t, newcomer),
    perWeek: about(format, newcomer.per_week.mean),
    range: bandText(format, newcomer.per_week),
    days: t("demand.newcomers.days", { count: newcomer.first_order.days }),
    units: about(format, newcomer.first_order.mean),
    unitsRange: bandText(format, newcomer.first_order),
    others: newcomerOthers(t, newcomer),
  })
