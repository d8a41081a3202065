import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { AdviceAnswer, TrainingAnswer } from "../../src/api/answers"

const adviceColors = { order: "red", not_due: "green", surplus: "blue", too_few_sales: "grey" } as const
const trainingColors = { queued: "grey", running: "orange", promoted: "green", kept: "blue", failed: "red", canceled: "grey" } as const

/** What to do about an item, in a word. */
export function AdviceMark({ status }: { status: AdviceAnswer["status"] }) {
  const { t } = useTranslation("foresight")
  return <StatusBadge color={adviceColors[status]}>{t(`status.${status}`)}</StatusBadge>
}

/** How a training stands, in a word. */
export function TrainingMark({ status }: { status: TrainingAnswer["status"] }) {
  const { t } = useTranslation("foresight")
  return (
    <StatusBadge color={trainingColors[status]} data-status={status}>
      {t(`trainings.statuses.${status}`)}
    </StatusBadge>
  )
}
