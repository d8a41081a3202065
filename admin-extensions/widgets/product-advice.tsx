import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { DetailWidgetProps, HttpTypes } from "@medusajs/framework/types"
import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { DemandSummary } from "../components/demand-summary"
import { Failure } from "../components/failure"
import { VariantAdvice } from "../components/variant-advice"
import { useProductAdvice } from "../hooks/use-product-advice"

/** On the product's page: what it sold and will, and one row a variant and location; each opens to show its sum. */
const ProductAdviceWidget = ({ data: product }: DetailWidgetProps<HttpTypes.AdminProduct>) => {
  const { t } = useTranslation("foresight")
  const { data, error, isPending, refetch } = useProductAdvice(product.id)
  return (
    <Container className="divide-y p-0" data-testid="foresight-product-widget" aria-busy={isPending}>
      <div className="px-6 py-4">
        <Heading level="h2">{t("advice.productTitle")}</Heading>
      </div>
      {isPending && (
        <div className="flex flex-col gap-3 px-6 py-4">
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
        </div>
      )}
      {error && !data && (
        <div className="px-6 py-4">
          <Failure what="advice" error={error} onRetry={refetch} />
        </div>
      )}
      {data?.variants.length === 0 && (
        <Text size="small" className="px-6 py-4">
          {t("advice.noVariants")}
        </Text>
      )}
      <DemandSummary place={{ level: "product", id: product.id }} />
      {data?.variants.map((variant) => <VariantAdvice key={variant.variant_id} variant={variant} />)}
    </Container>
  )
}

export const config = defineWidgetConfig({ zone: "product.details.after", id: "foresight-product-advice" })
export default ProductAdviceWidget
