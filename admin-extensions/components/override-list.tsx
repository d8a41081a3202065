import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandOverrideAnswer } from "../../src/api/answers"
import { useEndOverride } from "../hooks/use-demand"
import { useFormats } from "../hooks/use-formats"
import { percentText } from "./demand-words"

/** Forecasts set by hand that hold, each with who set it; ended by one click and a question. */
export function OverrideList({ overrides }: { overrides: readonly DemandOverrideAnswer[] }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const prompt = usePrompt()
  const { mutate, isPending } = useEndOverride()
  const end = async (id: string) => {
    const agreed = await prompt({
      title: t("demand.override.endTitle"),
      description: t("demand.override.endText"),
      confirmText: t("demand.override.end"),
      cancelText: t("settings.cancel"),
    })
    if (!agreed) return
    mutate(id, {
      onSuccess: () => void toast.success(t("demand.override.ended")),
      onError: (error) => void toast.error(t("settings.notSaved", { message: error.message })),
    })
  }
  return (
    <ul className="divide-y" aria-label={t("demand.override.active")} data-testid="override-list">
      {overrides.map((override) => (
        <li key={override.id} className="flex flex-wrap items-center justify-between gap-3 px-6 py-3" data-testid="override-row">
          <div className="min-w-0">
            <Text size="small" weight="plus">
              {overrideText(override)}
            </Text>
            <Text size="xsmall" className="text-ui-fg-muted">
              {[override.location_name, t("data.changedBy", { who: override.created_by, when: format.instant(override.created_at) }), override.note].filter(Boolean).join(" · ")}
            </Text>
          </div>
          <Button size="small" variant="secondary" isLoading={isPending} onClick={() => void end(override.id)} data-testid="end-override">
            {t("demand.override.end")}
          </Button>
        </li>
      ))}
    </ul>
  )

  function overrideText({ units_per_week: units, factor, from_day: from, to_day: to }: DemandOverrideAnswer): string {
    const days = { from: format.day(from), to: format.day(to) }
    if (units !== null) return t("demand.override.units", { ...days, units: format.units(units) })
    return t("demand.override.factor", { ...days, factor: percentText(format, factor ?? 1) })
  }
}
