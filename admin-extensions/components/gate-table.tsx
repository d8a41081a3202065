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
  const isLowerBetter = gate.metric === "sum_wql"
  const rows = [
    { name: t("trainings.gate.candidate"), value: gate.value, candidate: true },
    ...Object.entries(gate.baselines).map(([name, value]) => ({ name: name === "serving" ? t("trainings.gate.serving") : name, value, candidate: false })),
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
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className={row.candidate ? "txt-compact-small-plus" : "text-ui-fg-subtle"}>
              <th scope="row" className={clx("py-1 pr-4 text-left", row.candidate ? "font-medium" : "font-normal")}>
                {row.name}
              </th>
              <td className="py-1 text-right tabular-nums">{format.figure(row.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
