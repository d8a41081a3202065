import { Heading, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ItemAdviceAnswer } from "../../src/api/answers"
import { AdvicePanel } from "./advice-panel"
import { DemandChart } from "./demand-chart"
import { SettingsDrawer } from "./settings-drawer"

/** One inventory item: for each location the advice, the chart and the way to its settings. */
export function ItemAdvice({ answer }: { answer: ItemAdviceAnswer }) {
  const { t } = useTranslation("foresight")
  if (answer.not_advised) return <Sentence text={t(`advice.notAdvised.${answer.not_advised}`)} />
  if (answer.locations.length === 0) return <Sentence text={t("advice.noLevels")} />
  return answer.locations.map((location) => {
    const name = location.location_name ?? t("advice.unknownLocation", { id: location.location_id })
    return (
      <section key={location.location_id} className="px-6 py-4" data-testid="location-advice" data-location={location.location_id} aria-label={name}>
        <div className="mb-4 flex items-center justify-between gap-2">
          <Heading level="h3">{name}</Heading>
          <SettingsDrawer inventoryItemId={answer.inventory_item_id} location={location} locationName={name} />
        </div>
        <div className="flex flex-wrap gap-x-8 gap-y-6">
          <div className="min-w-0 flex-1 basis-72">
            {location.advice ? <AdvicePanel advice={location.advice} /> : <Text size="small">{t("advice.notComputed")}</Text>}
          </div>
          <div className="min-w-0 flex-1 basis-72">
            <DemandChart chart={location.chart} />
          </div>
        </div>
      </section>
    )
  })
}

function Sentence({ text }: { text: string }) {
  return (
    <div className="px-6 py-4">
      <Text size="small" data-testid="not-advised">
        {text}
      </Text>
    </div>
  )
}
