import { Alert } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DataAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"

/** Ended silences that are shown. */
const ENDED = 3

/** What usually comes and did not: what is still silent as a warning, the last ended silences as a remark. */
export function GapNotices({ gaps }: { gaps: DataAnswer["gaps"] }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const open = gaps.filter((gap) => gap.is_open)
  const ended = gaps.filter((gap) => !gap.is_open).slice(0, ENDED)
  if (open.length + ended.length === 0) return null
  const keyOf = ({ source, name, from_day }: DataAnswer["gaps"][number]) => `${source} ${name} ${from_day}`
  const words = ({ source, name, days, from_day, to_day, expected }: DataAnswer["gaps"][number]) => ({
    event: t(`data.events.${name}`),
    source: t(`data.sources.${source}`),
    count: days,
    from: format.day(from_day),
    to: format.day(to_day),
    expected: format.units(Math.round(expected)),
  })
  return (
    <div className="flex flex-col gap-2 px-6 py-4" data-testid="data-gaps">
      {open.map((gap) => (
        <Alert key={keyOf(gap)} variant="warning" data-testid="open-gap">
          {t("data.gaps.open", words(gap))}
        </Alert>
      ))}
      {ended.map((gap) => (
        <Alert key={keyOf(gap)} variant="info">
          {t("data.gaps.ended", words(gap))}
        </Alert>
      ))}
    </div>
  )
}
