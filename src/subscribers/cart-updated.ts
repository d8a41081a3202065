import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** `cart.updated` says nothing of lines: the cart is compared with what it held before. */
export default async function cartUpdated({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.carts.updated(container.resolve(ContainerRegistrationKeys.QUERY), event.data.id)
}

export const config: SubscriberConfig = { event: "cart.updated", context: { subscriberId: "foresight-cart-updated" } }
