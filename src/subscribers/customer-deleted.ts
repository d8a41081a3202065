import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** Erases what we keep of a customer that the shop deleted. */
export default async function customerDeleted({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const foresight = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  await foresight.eraseCustomer(container.resolve(ContainerRegistrationKeys.QUERY), event.data.id)
}

export const config: SubscriberConfig = { event: "customer.deleted", context: { subscriberId: "foresight-customer-deleted" } }
