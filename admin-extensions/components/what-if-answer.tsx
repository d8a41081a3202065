import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandWhatIfAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { AboutBand } from "./about-band"
import { about, changeText } from "./demand-words"
import { Stat } from "./stat"

/** The answer in numbers, or in words what the history lacks for one. */
export function WhatIfAnswer({ answer }: { answer: DemandWhatIfAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { without, with: changed, refusal, revenue, seen, weeks } = answer
  if (refusal !== null || !changed) {
    return (
      <Text size="small" data-testid="what-if-refusal">
        {t(`demand.whatIf.refusals.${refusal ?? "not_known"}`)} {t("demand.whatIf.asThingsAre", { count: weeks, units: about(format, without.mean) })}
      </Text>
    )
  }
  const money = (amount: number) => (answer.currency_code ? format.money(amount, answer.currency_code) : format.units(Math.round(amount)))
  const signed = (amount: number) => `${amount > 0 ? "+" : amount < 0 ? "−" : ""}${money(Math.abs(amount))}`
  return (
    <div className="flex flex-col gap-2" data-testid="what-if-answer">
      <dl className="grid grid-cols-2 gap-4 md:grid-cols-4">
        <Stat label={t("demand.whatIf.without", { count: weeks })}>
          <AboutBand band={without} />
        </Stat>
        <Stat label={t("demand.whatIf.with")} testId="what-if-with">
          <AboutBand band={changed} />
        </Stat>
        <Stat label={t("demand.change")}>{without.mean > 0 ? changeText(format, changed.mean / without.mean - 1) : "–"}</Stat>
        {revenue && (
          <Stat
            label={t("demand.whatIf.revenue")}
            hint={t("demand.whatIf.revenueHint", { low: signed(revenue.change.low), high: signed(revenue.change.high) })}
          >
            {signed(revenue.change.mean)}
          </Stat>
        )}
      </dl>
      <Text size="xsmall" className="text-ui-fg-muted">
        {answer.is_beyond_seen && `${t("demand.whatIf.beyond")} `}
        {seen && answer.price_change === null && t("demand.whatIf.promotionsSeen", { count: seen.promotion_weeks })}
        {seen && answer.price_change !== null && t("demand.whatIf.pricesSeen", { count: seen.price_weeks, weeks: seen.weeks })}
      </Text>
    </div>
  )
}
