import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Button, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import { Failure } from "../../../components/failure"
import { ServingModels } from "../../../components/serving-models"
import { StartTraining } from "../../../components/start-training"
import { TrainingDetails } from "../../../components/training-details"
import { TrainingRows } from "../../../components/training-rows"
import { Translated } from "../../../components/translated"
import { isActive, useTrainings } from "../../../hooks/use-trainings"

const STEP = 20
const MOST = 200

/** Training runs: the one under way (or chosen) in full, all of them as a list, and the models in service. */
const TrainingsPage = () => {
  const { t } = useTranslation("foresight")
  const [params, setParams] = useSearchParams()
  const [limit, setLimit] = useState(STEP)
  const { data, error, isPending, refetch } = useTrainings(limit)
  const trainings = data?.trainings ?? []
  const shown = params.get("run") ?? (trainings.find(isActive) ?? trainings[0])?.id
  const show = (id: string) => setParams({ run: id })
  return (
    <div className="flex flex-col gap-y-3" data-testid="foresight-trainings">
      <Container className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <div>
          <Heading level="h1">{t("trainings.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("trainings.subtitle")}
          </Text>
          <Link to="/foresight" className="txt-compact-small text-ui-fg-interactive hover:text-ui-fg-interactive-hover">
            {t("trainings.back")}
          </Link>
        </div>
        <StartTraining onStarted={show} />
      </Container>
      {shown && <TrainingDetails key={shown} id={shown} />}
      <Container className="divide-y p-0">
        <div className="px-6 py-4">
          <Heading level="h2">{t("trainings.list")}</Heading>
        </div>
        {isPending && (
          <div className="flex flex-col gap-3 px-6 py-4" aria-busy>
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
          </div>
        )}
        {error && !data && (
          <div className="px-6 py-4">
            <Failure what="trainings" error={error} onRetry={refetch} />
          </div>
        )}
        {data && trainings.length === 0 && (
          <Text size="small" className="px-6 py-8 text-center" data-testid="trainings-empty">
            {t("trainings.empty")}
          </Text>
        )}
        {trainings.length > 0 && <TrainingRows trainings={trainings} shown={shown} onShow={show} />}
        {data && data.count > trainings.length && limit < MOST && (
          <div className="flex justify-center px-6 py-3">
            <Button size="small" variant="transparent" onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
              {t("trainings.more")}
            </Button>
          </div>
        )}
      </Container>
      <ServingModels />
    </div>
  )
}

export const config = defineRouteConfig({ label: "menu.trainings", translationNs: "foresight" })
export const handle = { breadcrumb: () => <Translated text="menu.trainings" /> }
export default TrainingsPage
