import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** A level or a reservation changed: it is noted, and its own advice row is worked out anew from the stored forecast. */
export default async function stockChanged({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const kind = event.name.startsWith("reservation-item.") ? "reservation" : "inventory_level"
  const place = await foresight.stockNotes.changed(query, kind, event.data.id)
  if (place) await foresight.adviceDesk.stockChanged(query, place)
}

export const config: SubscriberConfig = {
  event: ["inventory-level.created", "inventory-level.updated", "reservation-item.created", "reservation-item.updated", "reservation-item.deleted"],
  context: { subscriberId: "foresight-stock-changed" },
}
