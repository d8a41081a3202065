import { Button, Container, Heading, Skeleton, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { TrainingAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { useLiveTraining } from "../hooks/use-live-training"
import { isActive, useCancelTraining } from "../hooks/use-trainings"
import { Failure } from "./failure"
import { GateTable } from "./gate-table"
import { LossChart } from "./loss-chart"
import { TrainingMark } from "./status-mark"
import { TrainingProgressBar } from "./training-progress-bar"

/** One training run: how far it is, its loss curve, and how the new version compares. */
export function TrainingDetails({ id }: { id: string }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { data: training, error, refetch } = useLiveTraining(id)
  if (!training) {
    return (
      <Container className="px-6 py-4">{error ? <Failure what="training" error={error} onRetry={refetch} /> : <Skeleton className="h-40 w-full" />}</Container>
    )
  }
  const facts = [
    training.finished_at && t("trainings.finished", { when: format.instant(training.finished_at) }),
    training.backend && t("trainings.backend", { backend: training.backend }),
  ].filter(Boolean)
  return (
    <Container className="divide-y p-0" data-testid="training-details" data-training={training.id}>
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <div className="flex flex-wrap items-center gap-3">
          <Heading level="h2">
            {t(`trainings.kinds.${training.kind}`)}
            {training.model_version !== null && ` · v${training.model_version}`}
          </Heading>
          <span aria-live="polite" data-testid="training-status">
            <TrainingMark status={training.status} />
          </span>
          {facts.length > 0 && (
            <Text size="small" className="text-ui-fg-subtle">
              {facts.join(" · ")}
            </Text>
          )}
        </div>
        {isActive(training) && <CancelButton training={training} />}
      </div>
      {isActive(training) && <TrainingProgressBar training={training} />}
      {training.error && (
        <Text size="small" className="text-ui-fg-error break-words px-6 py-4" data-testid="training-error">
          {t("trainings.error", { message: training.error })}
        </Text>
      )}
      <div className="flex flex-wrap gap-x-8 gap-y-6 px-6 py-4">
        <div className="min-w-0 flex-1 basis-72">
          <LossChart curve={training.loss_curve} />
        </div>
        <div className="min-w-0 flex-1 basis-72">
          <GateTable training={training} />
        </div>
      </div>
    </Container>
  )
}

function CancelButton({ training }: { training: TrainingAnswer }) {
  const { t } = useTranslation("foresight")
  const prompt = usePrompt()
  const cancel = useCancelTraining()
  const ask = async () => {
    const sure = await prompt({
      title: t("trainings.cancelTitle"),
      description: t("trainings.cancelText"),
      confirmText: t("trainings.cancelYes"),
      cancelText: t("trainings.cancelNo"),
    })
    if (!sure) return
    cancel.mutate(training.id, {
      onSuccess: () => toast.info(t("trainings.canceling")),
      onError: (error) => toast.error(t("trainings.notCanceled", { message: error.message })),
    })
  }
  return (
    <Button size="small" variant="danger" onClick={() => void ask()} isLoading={cancel.isPending} data-testid="cancel-training">
      {t("trainings.cancel")}
    </Button>
  )
}
