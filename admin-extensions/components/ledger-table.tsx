import { useTranslation } from "react-i18next"
import type { AdviceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { AssumedBadge } from "./assumed-badge"
import { Hint } from "./hint"

type Label = AdviceAnswer["ledger"][number]["label"]

/** Settings each line depends on: where one is a default, the line says so. */
const restsOn: Partial<Record<Label, string[]>> = {
  expected_demand: ["lead_time_days", "review_days"],
  safety_stock: ["service_level", "lead_time_sd_days"],
  cover: ["cover_days"],
  on_hand: ["opening_stock"],
  rounding: ["moq", "pack_size"],
}

/** The sum that explains an order quantity, line by line. */
export function LedgerTable({ advice }: { advice: AdviceAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { settings } = advice
  const label = (line: Label) =>
    t(`ledger.${line}`, {
      days: format.rounded(line === "cover" ? settings.cover_days : settings.lead_time_days + settings.review_days),
      level: format.share(settings.service_level),
    })
  return (
    <table className="txt-compact-small w-full" data-testid="ledger" aria-label={t("ledger.title")}>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("ledger.line")}</th>
          <th scope="col">{t("ledger.units")}</th>
        </tr>
      </thead>
      <tbody>
        {advice.ledger.map((line) => (
          <tr key={line.label} data-testid="ledger-line" data-label={line.label} data-quantity={line.quantity}>
            <th scope="row" className="text-ui-fg-subtle py-1 pr-4 text-left font-normal">
              <span className="inline-flex flex-wrap items-center gap-1.5">
                {label(line.label)}
                {line.label === "incoming" && <Hint text={t("ledger.incomingHint")} />}
                <AssumedBadge names={restsOn[line.label] ?? []} assumed={advice.assumed} />
              </span>
            </th>
            <td className="whitespace-nowrap py-1 text-right align-top tabular-nums">{format.signed(line.quantity)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-ui-border-strong border-t" data-testid="ledger-total" data-quantity={advice.order_quantity}>
          <th scope="row" className="txt-compact-small-plus pt-2 text-left">
            {t("ledger.total")}
          </th>
          <td className="txt-compact-small-plus whitespace-nowrap pt-2 text-right tabular-nums">{format.units(advice.order_quantity)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
