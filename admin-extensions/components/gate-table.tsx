import { clx, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { TrainingAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { isActive } from "../hooks/use-trainings"

/** The gate's decision with the figures it rests on, best first. */
export function GateTable({ training }: { training: TrainingAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { gate } = training
  const title = (
    <Text as="div" size="small" weight="plus" className="mb-2">
      {t("trainings.gate.title")}
    </Text>
  )
  if (!gate) {
    return (
      <div>
        {title}
        <Text size="small" className="text-ui-fg-subtle">
          {isActive(training) ? t("trainings.gate.none") : "–"}
        </Text>
      </div>
    )
  }
  const labelOf = (name: string) => (name === "serving" || name === "challenger" ? t(`trainings.gate.${name}`) : name)
  const isLowerBetter = gate.metric === "sum_wql"
  const rows = [
    { name: t("trainings.gate.candidate"), value: gate.value, gain: undefined, candidate: true },
    ...Object.entries(gate.baselines).map(([name, value]) => ({ name: labelOf(name), value, gain: gate.gains?.[name], candidate: false })),
  ].sort((one, other) => (isLowerBetter ? one.value - other.value : other.value - one.value))
  return (
    <div data-testid="gate-decision" data-promoted={gate.promote}>
      {title}
      <Text size="small" className="mb-2">
        {t(gate.promote ? "trainings.gate.promoted" : "trainings.gate.kept")} <span className="text-ui-fg-subtle">{gate.reason}</span>
      </Text>
      <table className="txt-compact-small w-full">
        <thead>
          <tr className="text-ui-fg-subtle border-ui-border-base border-b">
            <th scope="col" className="py-1 pr-4 text-left font-normal">
              {t("trainings.gate.model")}
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              {t(`trainings.gate.metric.${gate.metric}`)}
            </th>
            {gate.gains && (
              <>
                <th scope="col" className="py-1 pl-4 text-right font-normal">
                  {t("trainings.gate.saves")}
                </th>
                <th scope="col" className="py-1 pl-4 text-right font-normal">
                  {t("trainings.gate.sure")}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className={row.candidate ? "txt-compact-small-plus" : "text-ui-fg-subtle"}>
              <th scope="row" className={clx("py-1 pr-4 text-left", row.candidate ? "font-medium" : "font-normal")}>
                {row.name}
              </th>
              <td className="py-1 text-right tabular-nums">{format.figure(row.value)}</td>
              {gate.gains && (
                <>
                  <td className="py-1 pl-4 text-right tabular-nums">{row.gain ? t("trainings.gate.range", { low: format.share(row.gain.low), high: format.share(row.gain.high) }) : ""}</td>
                  <td className="py-1 pl-4 text-right tabular-nums">{row.gain ? format.chance(row.gain.share) : ""}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {gate.gains && (
        <Text size="xsmall" className="text-ui-fg-subtle mt-2">
          {t("trainings.gate.explained")}
        </Text>
      )}
    </div>
  )
}
