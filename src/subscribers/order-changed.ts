import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** An order says something else than before: it is read anew. A canceled one's reservations are gone by now and cannot be looked up: its items are advised on anew. */
export default async function orderChanged({ event, container }: SubscriberArgs<{ id?: string; order_id?: string }>): Promise<void> {
  const orderId = event.data.order_id ?? event.data.id
  if (!orderId) return
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const order = await foresight.orders.changed(query, orderId)
  if (order?.isCanceled) await foresight.adviceDesk.stockOfVariantsChanged(query, order.lines.flatMap(({ variantId }) => variantId ?? []))
}

export const config: SubscriberConfig = {
  event: [
    "order.updated",
    "order.canceled",
    "order.completed",
    "order.return_received",
    "order.claim_created",
    "order.exchange_created",
    "order.fulfillment_created",
    "order.fulfillment_canceled",
    "order.transfer_requested",
    "order-edit.confirmed",
  ],
  context: { subscriberId: "foresight-order-changed" },
}
