import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { PricingEvents } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** The shelves must not show a price that was just changed. */
export default async function pricesChanged({ container }: SubscriberArgs<{ id: string }>): Promise<void> {
  container.resolve<ForesightModuleService>(FORESIGHT_MODULE).cards.forget()
}

const { PRICE_CREATED, PRICE_UPDATED, PRICE_DELETED, PRICE_LIST_CREATED, PRICE_LIST_UPDATED, PRICE_LIST_DELETED } = PricingEvents

export const config: SubscriberConfig = {
  event: [
    ...["product-variant.created", "product-variant.updated", "product-variant.deleted"],
    ...[PRICE_CREATED, PRICE_UPDATED, PRICE_DELETED, PRICE_LIST_CREATED, PRICE_LIST_UPDATED, PRICE_LIST_DELETED],
  ],
  context: { subscriberId: "foresight-prices-changed" },
}
