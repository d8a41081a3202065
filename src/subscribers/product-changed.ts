import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { FORESIGHT_MODULE } from "../modules/foresight/name"
import type ForesightModuleService from "../modules/foresight/service"

/** The shelves must not show a product that was just withdrawn, nor its old title. */
export default async function productChanged({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const { directory, cards } = container.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  directory.forget(event.data.id)
  cards.forget()
}

export const config: SubscriberConfig = { event: ["product.created", "product.updated", "product.deleted"], context: { subscriberId: "foresight-product-changed" } }
