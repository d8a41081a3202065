import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** A canceled or returned order no longer counts as it did. */
export default async function orderChanged({ event, container }: SubscriberArgs<{ id?: string; order_id?: string }>): Promise<void> {
  const orderId = event.data.order_id ?? event.data.id
  if (!orderId) return
  await container.resolve<ForesightModuleService>(FORESIGHT_MODULE).orders.changed(container.resolve(ContainerRegistrationKeys.QUERY), orderId)
}

export const config: SubscriberConfig = { event: ["order.canceled", "order.return_received"], context: { subscriberId: "foresight-order-changed" } }
