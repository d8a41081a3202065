import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** These events say nothing of lines or people: the cart is read and compared with what it held before. */
export default async function cartUpdated({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.carts.updated(container.resolve(ContainerRegistrationKeys.QUERY), event.data.id)
}

export const config: SubscriberConfig = {
  event: ["cart.updated", "cart.customer_updated", "cart.customer_transferred"],
  context: { subscriberId: "foresight-cart-updated" },
}
