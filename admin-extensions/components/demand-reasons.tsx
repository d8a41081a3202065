import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandSeriesAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { about, reasonsText, signedAbout } from "./demand-words"
import { Hint } from "./hint"

/** Units below which a line would say 0. */
const SHOWN_FROM = 0.05

/** Why as much is expected: one sentence, and from the long run by each reason to the model's own expectation. Nothing where nobody said. */
export function DemandReasons({ answer }: { answer: Pick<DemandSeriesAnswer, "reasons" | "forecast"> }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  if (!answer.reasons || answer.reasons.code === null) return null
  const { weeks, long_run: longRun, expected, reasons } = answer.reasons
  const byHand = answer.forecast.slice(0, weeks).some((week) => week.model_mean !== null)
  const shown = reasons.filter(({ units }) => Math.abs(units) >= SHOWN_FROM)
  const largest = Math.max(...shown.map(({ units }) => Math.abs(units)), SHOWN_FROM)
  return (
    <section className="flex max-w-2xl flex-col gap-2" data-testid="demand-reasons" aria-label={t("demand.reasons.title")}>
      <span className="txt-compact-small-plus inline-flex items-center gap-1.5">
        {t("demand.reasons.title")}
        <Hint text={t("demand.reasons.hint")} />
      </span>
      <Text size="small" className="text-ui-fg-subtle" data-testid="demand-reasons-sentence">
        {reasonsText(t, format, answer.reasons)}
      </Text>
      <table className="txt-compact-small w-full" aria-label={t("demand.reasons.title")}>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("demand.reasons.reason")}</th>
            <td />
            <th scope="col">{t("ledger.units")}</th>
          </tr>
        </thead>
        <tbody>
          <tr data-testid="demand-reasons-long-run">
            <th scope="row" className="text-ui-fg-subtle py-1 pr-4 text-left font-normal">
              {t("demand.reasons.longRun", { count: weeks, perWeek: about(format, longRun) })}
            </th>
            <td aria-hidden />
            <td className="whitespace-nowrap py-1 text-right tabular-nums">{about(format, weeks * longRun)}</td>
          </tr>
          {shown.map(({ group, units }) => (
            <tr key={group} data-testid="demand-reason" data-group={group} data-units={units}>
              <th scope="row" className="text-ui-fg-subtle py-1 pr-4 text-left font-normal">
                {t(`demand.reasons.groups.${group}`)}
              </th>
              <td aria-hidden className="w-1/3 py-1">
                <SignedBar share={units / largest} />
              </td>
              <td className="whitespace-nowrap py-1 text-right tabular-nums">{signedAbout(format, units)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-ui-border-strong border-t" data-testid="demand-reasons-expected" data-units={expected}>
            <th scope="row" className="txt-compact-small-plus pt-2 text-left">
              {t(byHand ? "demand.reasons.expectedByModel" : "demand.reasons.expected")}
            </th>
            <td aria-hidden />
            <td className="txt-compact-small-plus whitespace-nowrap pt-2 text-right tabular-nums">{about(format, Math.max(0, expected))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

/** A bar to the right of its middle for what adds, to the left for what takes. @param share −1 … 1. */
function SignedBar({ share }: { share: number }) {
  const width = `${50 * Math.abs(share)}%`
  return (
    <div className="relative h-2.5 w-full">
      <div className="bg-ui-border-strong absolute left-1/2 top-0 h-full w-px" />
      <div
        className="absolute top-0 h-full rounded-sm"
        style={{ width, [share > 0 ? "left" : "right"]: "50%", background: share > 0 ? "var(--tag-blue-icon)" : "var(--tag-orange-icon)", opacity: 0.7 }}
      />
    </div>
  )
}
