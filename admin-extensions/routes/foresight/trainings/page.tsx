import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Button, Container, Heading } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { ListStates } from "../../../components/list-states"
import { PageHead } from "../../../components/page-head"
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
  const query = useTrainings(limit)
  const { data } = query
  const trainings = data?.trainings ?? []
  const shown = params.get("run") ?? (trainings.find(isActive) ?? trainings[0])?.id
  const show = (id: string) => setParams({ run: id })
  return (
    <div className="flex flex-col gap-y-3" data-testid="foresight-trainings">
      <Container className="p-0">
        <PageHead title={t("trainings.title")} subtitle={t("trainings.subtitle")}>
          <StartTraining onStarted={show} />
        </PageHead>
      </Container>
      {shown && <TrainingDetails key={shown} id={shown} />}
      <Container className="divide-y p-0">
        <div className="px-6 py-4">
          <Heading level="h2">{t("trainings.list")}</Heading>
        </div>
        <ListStates what="trainings" query={query} rows={data?.trainings} emptyText={t("trainings.empty")} emptyTestId="trainings-empty" />
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
