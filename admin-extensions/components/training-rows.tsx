import { Button, Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { TrainingAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { durationText } from "./duration-text"
import { TrainingMark } from "./status-mark"

interface TrainingRowsProps {
  trainings: TrainingAnswer[]
  shown: string | undefined
  onShow: (id: string) => void
}

/** The runs as a table, newest first. */
export function TrainingRows({ trainings, shown, onShow }: TrainingRowsProps) {
  const { t, i18n } = useTranslation("foresight")
  const format = useFormats()
  const seconds = ({ created_at: from, finished_at: to }: TrainingAnswer) => (to ? (Date.parse(to) - Date.parse(from)) / 1000 : null)
  return (
    <div className="relative overflow-x-auto">
      <Table aria-label={t("trainings.list")} className="min-w-[680px]">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("trainings.started_at")}</Table.HeaderCell>
            <Table.HeaderCell>{t("trainings.kind")}</Table.HeaderCell>
            <Table.HeaderCell>{t("trainings.statusLabel")}</Table.HeaderCell>
            <Table.HeaderCell>{t("trainings.trigger")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("trainings.duration")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("trainings.version")}</Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">{t("columns.details")}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {trainings.map((training) => {
            const length = seconds(training)
            return (
              <Table.Row key={training.id} data-testid="training-row" data-training={training.id} aria-current={training.id === shown ? "true" : undefined}>
                <Table.Cell className="whitespace-nowrap">{format.instant(training.created_at)}</Table.Cell>
                <Table.Cell className="whitespace-nowrap">{t(`trainings.kinds.${training.kind}`)}</Table.Cell>
                <Table.Cell className="whitespace-nowrap">
                  <TrainingMark status={training.status} />
                </Table.Cell>
                <Table.Cell className="whitespace-nowrap">{t(`trainings.triggers.${training.trigger}`)}</Table.Cell>
                <Table.Cell className="whitespace-nowrap text-right tabular-nums">{length === null ? "–" : durationText(length, i18n.language)}</Table.Cell>
                <Table.Cell className="text-right tabular-nums">{training.model_version === null ? t("trainings.noVersion") : `v${training.model_version}`}</Table.Cell>
                <Table.Cell className="text-right">
                  <Button
                    size="small"
                    variant="transparent"
                    disabled={training.id === shown}
                    onClick={() => onShow(training.id)}
                    aria-label={`${t("trainings.show")}: ${t(`trainings.kinds.${training.kind}`)}, ${format.instant(training.created_at)}`}
                  >
                    {t(training.id === shown ? "trainings.shown" : "trainings.show")}
                  </Button>
                </Table.Cell>
              </Table.Row>
            )
          })}
        </Table.Body>
      </Table>
    </div>
  )
}
