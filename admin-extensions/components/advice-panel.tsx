import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { AdviceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { ComputedBy } from "./computed-by"
import { CoverText } from "./cover-text"
import { LedgerTable } from "./ledger-table"
import { OrderByBadge } from "./order-by-badge"
import { Stat } from "./stat"
import { AdviceMark } from "./status-mark"

/** What to order, by when, how pressing it is, and the sum behind it. */
export function AdvicePanel({ advice }: { advice: AdviceAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  if (advice.status === "too_few_sales") {
    return (
      <div className="flex flex-col gap-2" data-testid="too-few-sales">
        <Text size="small">{t("advice.tooFewSales")}</Text>
        <ComputedBy advice={advice} />
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {advice.order_quantity > 0 ? (
          <p className="text-ui-fg-base flex items-baseline gap-1.5">
            <span className="text-3xl font-medium tabular-nums leading-none" data-testid="order-quantity">
              {format.units(advice.order_quantity)}
            </span>
            <span className="text-ui-fg-subtle txt-compact-small">{t("advice.unit", { count: advice.order_quantity })}</span>
          </p>
        ) : (
          <p className="text-ui-fg-base text-xl font-medium leading-none" data-testid="order-quantity">
            {t("advice.orderNothing")}
          </p>
        )}
        <OrderByBadge advice={advice} />
        <AdviceMark status={advice.status} />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Stat label={t("advice.chance")} hint={t("advice.chanceHint")} testId="stockout-probability">
          {advice.stockout_probability === null ? "–" : format.chance(advice.stockout_probability)}
        </Stat>
        <Stat label={t("advice.cover")} hint={t("advice.coverHint")} testId="days-of-cover">
          <CoverText advice={advice} />
        </Stat>
        <Stat label={t("advice.reorderPoint")} hint={t("advice.reorderPointHint")}>
          {format.units(advice.reorder_point)}
        </Stat>
        <Stat label={t("advice.orderUpTo")} hint={t("advice.orderUpToHint")}>
          {format.units(advice.order_up_to)}
        </Stat>
      </dl>
      <div>
        <Text as="div" size="small" weight="plus" className="mb-1">
          {t("ledger.title")}
        </Text>
        <LedgerTable advice={advice} />
      </div>
      <ComputedBy advice={advice} />
    </div>
  )
}
