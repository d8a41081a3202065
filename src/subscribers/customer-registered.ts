import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** Somebody who bought as a guest may have an account now. */
export default async function customerRegistered({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.people.registered(container.resolve(ContainerRegistrationKeys.QUERY), event.data.id)
}

export const config: SubscriberConfig = { event: "customer.created", context: { subscriberId: "foresight-customer-registered" } }
