import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** The shelves must not show a product that was just withdrawn. */
export default async function productChanged({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  container.resolve<ForesightModuleService>(FORESIGHT_MODULE).directory.forget(event.data.id)
}

export const config: SubscriberConfig = { event: ["product.created", "product.updated", "product.deleted"], context: { subscriberId: "foresight-product-changed" } }
