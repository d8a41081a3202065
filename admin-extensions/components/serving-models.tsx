import { Container, Heading, Skeleton, Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useFormats } from "../hooks/use-formats"
import { useServingModels } from "../hooks/use-models"
import { Failure } from "./failure"

/** The versions that answer now, with the figure that put each into service. */
export function ServingModels() {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { data: models, error, isPending, refetch } = useServingModels()
  return (
    <Container className="divide-y p-0" data-testid="serving-models">
      <div className="px-6 py-4">
        <Heading level="h2">{t("models.title")}</Heading>
      </div>
      {isPending && (
        <div className="px-6 py-4">
          <Skeleton className="h-8 w-full" />
        </div>
      )}
      {error && !models && (
        <div className="px-6 py-4">
          <Failure what="models" error={error} onRetry={refetch} />
        </div>
      )}
      {models?.length === 0 && (
        <Text size="small" className="px-6 py-8 text-center">
          {t("models.empty")}
        </Text>
      )}
      {models && models.length > 0 && (
        <div className="relative overflow-x-auto">
          <Table aria-label={t("models.title")} className="min-w-[760px]">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("models.kind")}</Table.HeaderCell>
                <Table.HeaderCell>{t("models.algorithm")}</Table.HeaderCell>
                <Table.HeaderCell>{t("models.metric")}</Table.HeaderCell>
                <Table.HeaderCell>{t("models.baselines")}</Table.HeaderCell>
                <Table.HeaderCell>{t("models.data")}</Table.HeaderCell>
                <Table.HeaderCell>{t("models.created")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {models.map((model) => (
                <Table.Row key={model.id} data-testid="model-row" data-kind={model.kind}>
                  <Table.Cell className="whitespace-nowrap">
                    {t(`trainings.kinds.${model.kind}`)} <span className="text-ui-fg-subtle">v{model.version}</span>
                  </Table.Cell>
                  <Table.Cell>{model.algorithm}</Table.Cell>
                  <Table.Cell className="whitespace-nowrap tabular-nums" title={t(`models.better.${model.gate.metric}`)}>
                    {t(`models.metrics.${model.gate.metric}`)} {format.figure(model.gate.value)}
                  </Table.Cell>
                  <Table.Cell className="py-2 tabular-nums">
                    {Object.entries(model.gate.baselines).map(([name, value]) => (
                      <span key={name} className="block whitespace-nowrap">
                        {name === "serving" || name === "challenger" ? t(`trainings.gate.${name}`) : name} {format.figure(value)}
                      </span>
                    ))}
                  </Table.Cell>
                  <Table.Cell className="whitespace-nowrap">{t("models.range", { from: format.day(model.data_from.slice(0, 10)), to: format.day(model.data_to.slice(0, 10)) })}</Table.Cell>
                  <Table.Cell className="whitespace-nowrap">{format.instant(model.created_at)}</Table.Cell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
    </Container>
  )
}
