import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { DetailWidgetProps, HttpTypes } from "@medusajs/framework/types"
import { Container, Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { DemandSummary } from "../components/demand-summary"
import { ReplacementPanel } from "../components/replacement-panel"

/** On the variant's page: what it sold and what it will. */
const VariantDemandWidget = ({ data: variant }: DetailWidgetProps<HttpTypes.AdminProductVariant>) => {
  const { t } = useTranslation("foresight")
  return (
    <Container className="divide-y p-0" data-testid="foresight-variant-widget">
      <div className="px-6 py-4">
        <Heading level="h2">{t("demand.title")}</Heading>
      </div>
      <DemandSummary place={{ level: "variant", id: variant.id }} />
      <ReplacementPanel variantId={variant.id} />
    </Container>
  )
}

export const config = defineWidgetConfig({ zone: "product_variant.details.after", id: "foresight-variant-demand" })
export default VariantDemandWidget
