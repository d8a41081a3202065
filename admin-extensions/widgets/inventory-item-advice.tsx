import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { DetailWidgetProps, HttpTypes } from "@medusajs/framework/types"
import { Container, Heading, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Failure } from "../components/failure"
import { ItemAdvice } from "../components/item-advice"
import { useItemAdvice } from "../hooks/use-item-advice"

/** On the inventory item's page: what to order at each location, by when and why. */
const InventoryItemAdviceWidget = ({ data: item }: DetailWidgetProps<HttpTypes.AdminInventoryItem>) => {
  const { t } = useTranslation("foresight")
  const { data, error, isPending, refetch } = useItemAdvice(item.id)
  return (
    <Container className="divide-y p-0" data-testid="foresight-inventory-widget" aria-busy={isPending}>
      <div className="px-6 py-4">
        <Heading level="h2">{t("advice.title")}</Heading>
      </div>
      {isPending && (
        <div className="flex flex-wrap gap-8 px-6 py-4">
          <Skeleton className="h-56 flex-1 basis-72" />
          <Skeleton className="h-56 flex-1 basis-72" />
        </div>
      )}
      {error && !data && (
        <div className="px-6 py-4">
          <Failure what="advice" error={error} onRetry={refetch} />
        </div>
      )}
      {data && <ItemAdvice answer={data} />}
    </Container>
  )
}

export const config = defineWidgetConfig({ zone: "inventory_item.details.after", id: "foresight-inventory-item-advice" })
export default InventoryItemAdviceWidget
