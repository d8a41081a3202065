import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { TFunction } from "i18next"
import type { TrainingAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"

/** How far a running training is. Screen readers hear each new stage, not each step. */
export function TrainingProgressBar({ training }: { training: TrainingAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { progress } = training
  const done = progress && progress.steps > 0 ? Math.min(1, progress.step / progress.steps) : 0
  const stage = progress && stageText(t, progress.stage)
  const details = progress
    ? [
        t("trainings.stage", { stage, share: format.chance(done) }),
        progress.loss !== undefined && t("trainings.loss", { loss: format.figure(progress.loss) }),
      ]
        .filter(Boolean)
        .join(" · ")
    : t("trainings.waiting")
  return (
    <div className="flex flex-col gap-2 px-6 py-4" data-testid="training-progress">
      <div
        role="progressbar"
        aria-label={t("trainings.progress")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={progress ? Math.round(done * 100) : undefined}
        aria-valuetext={details}
        className="bg-ui-bg-component-hover h-2 w-full overflow-hidden rounded-full"
      >
        <div className="h-full rounded-full transition-all" style={{ width: `${done * 100}%`, background: "var(--tag-blue-icon)" }} />
      </div>
      <Text size="small" className="text-ui-fg-subtle tabular-nums">
        {details}
      </Text>
      <span className="sr-only" aria-live="polite">
        {stage ?? t("trainings.waiting")}
      </span>
    </div>
  )
}

/** What a training is at, part by part: what, and on which data. What an older worker says otherwise is shown as it comes. */
const stageText = (t: TFunction<"foresight">, stage: string) =>
  stage
    .split(", ")
    .map((part) => t(`trainings.stages.${part.replaceAll(" ", "_")}`, { defaultValue: part }))
    .join(", ")
