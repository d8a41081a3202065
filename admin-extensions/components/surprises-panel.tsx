import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useDemandSurprises } from "../hooks/use-demand"
import type { DemandPlace } from "../hooks/use-demand-filter"
import { useFormats } from "../hooks/use-formats"
import { AnswerPanel } from "./answer-panel"
import { SurpriseRows } from "./surprise-rows"

/** What was odd in the last week that is over, and the worst misses of the last four, each with its reason. */
export function SurprisesPanel({ onShow }: { onShow: (place: DemandPlace) => void }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const answer = useDemandSurprises()
  const { data } = answer
  return (
    <AnswerPanel testId="demand-surprises" title={t("demand.surprises.title")} subtitle={t("demand.surprises.subtitle")} what="surprises" answer={answer}>
      {data && data.anomaly_week === null && (
        <Text size="small" className="px-6 py-4" data-testid="no-surprises">
          {data.kept_since ? t("demand.accuracy.notYet", { day: format.day(data.kept_since) }) : t("demand.accuracy.notKept")}
        </Text>
      )}
      {data && data.anomaly_week !== null && (
        <>
          <SurpriseRows
            title={t("demand.surprises.anomalies", { day: format.day(data.anomaly_week) })}
            explanation={data.anomaly_count === 0 ? t("demand.surprises.noAnomaly") : t("demand.surprises.anomalyCount", { count: data.anomaly_count })}
            surprises={data.anomalies}
            isWide
            testId="anomalies"
            onShow={onShow}
          />
          <SurpriseRows
            title={t("demand.surprises.misses")}
            explanation={data.misses.length === 0 ? t("demand.surprises.noMiss") : t("demand.surprises.missesWhy")}
            surprises={data.misses}
            isWide={false}
            testId="misses"
            onShow={onShow}
          />
        </>
      )}
    </AnswerPanel>
  )
}
