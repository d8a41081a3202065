import { Button, Select, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { TrainingAnswer } from "../../src/api/answers"
import { useStartTraining } from "../hooks/use-trainings"

const KINDS: TrainingAnswer["kind"][] = ["demand", "taste", "session"]

/** Chooses a kind of model and starts its training. */
export function StartTraining({ onStarted }: { onStarted: (id: string) => void }) {
  const { t } = useTranslation("foresight")
  const [kind, setKind] = useState<TrainingAnswer["kind"]>("demand")
  const start = useStartTraining()
  const begin = () =>
    start.mutate(kind, {
      onSuccess: (training) => {
        toast.success(t("trainings.started", { kind: t(`trainings.kinds.${kind}`) }))
        onStarted(training.id)
      },
      onError: (error) => toast.error(t("trainings.notStarted", { message: error.message })),
    })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-44">
        <Select size="small" value={kind} onValueChange={(value) => setKind(KINDS.find((known) => known === value) ?? "demand")}>
          <Select.Trigger aria-label={t("trainings.kind")} data-testid="training-kind">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {KINDS.map((value) => (
              <Select.Item key={value} value={value}>
                {t(`trainings.kinds.${value}`)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      <Button size="small" onClick={begin} isLoading={start.isPending} data-testid="start-training">
        {t("trainings.start")}
      </Button>
    </div>
  )
}
