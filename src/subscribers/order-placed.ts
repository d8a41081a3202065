import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** Notes the sale. The checkout is done by now; whatever fails here is healed by `reconcile-shop`. */
export default async function orderPlaced({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.orders.changed(container.resolve(ContainerRegistrationKeys.QUERY), event.data.id)
  foresight.orders.noticed()
}

export const config: SubscriberConfig = { event: "order.placed", context: { subscriberId: "foresight-order-placed" } }
