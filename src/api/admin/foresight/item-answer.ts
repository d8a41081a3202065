import type { LocationAdvice, ItemAdvice } from "../../../modules/foresight/advice-desk"
import type { ReplenishmentSettings } from "../../../domain/replenishment/types"
import type { ItemAdviceAnswer } from "../../answers"
import { adviceAnswer, settingsAnswer, SETTING_NAMES } from "./to-answers"

/** One item at all its locations as the API shows it. */
export function itemAnswer(item: ItemAdvice, defaults: ReplenishmentSettings): ItemAdviceAnswer {
  return { inventory_item_id: item.inventoryItemId, not_advised: item.notAdvised, locations: item.locations.map((location) => locationAnswer(location, defaults)) }
}

function locationAnswer({ locationId, locationName, advice, chart, own }: LocationAdvice, defaults: ReplenishmentSettings): ItemAdviceAnswer["locations"][number] {
  return {
    location_id: locationId,
    location_name: locationName,
    advice: advice && adviceAnswer(advice),
    chart: {
      history: chart.history.map(({ periodStart, units }) => ({ period_start: periodStart, units })),
      forecast: chart.forecast.map(({ periodStart, ...levels }) => ({ period_start: periodStart, ...levels })),
    },
    own_settings: Object.fromEntries(SETTING_NAMES.map(([inside, outside]) => [outside, own[inside]])) as ItemAdviceAnswer["locations"][number]["own_settings"],
    default_settings: settingsAnswer(defaults),
  }
}
