import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** Money was given back: the event names the payment, its order is read anew. */
export default async function paymentRefunded({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.orders.paymentChanged(container.resolve(ContainerRegistrationKeys.QUERY), event.data.id)
}

export const config: SubscriberConfig = { event: "payment.refunded", context: { subscriberId: "foresight-payment-refunded" } }
