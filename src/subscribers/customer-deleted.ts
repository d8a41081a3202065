import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** Erases what we keep of a customer that the shop deleted. */
export default async function customerDeleted({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await container.resolve<ForesightModuleService>(FORESIGHT_MODULE).eraseCustomer(event.data.id)
}

export const config: SubscriberConfig = { event: "customer.deleted", context: { subscriberId: "foresight-customer-deleted" } }
