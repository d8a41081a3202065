import { Button, Container, Heading, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import { useHealth } from "../hooks/use-health"

/** Nothing is forecast yet: why, and what to do. */
export function DemandEmpty() {
  const { t } = useTranslation("foresight")
  const { data: health } = useHealth()
  const hasSales = (health?.events.total ?? 0) > 0
  return (
    <Container className="flex flex-col items-center gap-3 px-6 py-12 text-center" data-testid="demand-empty">
      <Heading level="h2">{t("demand.emptyTitle")}</Heading>
      <Text size="small" className="text-ui-fg-subtle max-w-xl">
        {t(hasSales ? "demand.emptyNight" : "demand.emptySales")}
      </Text>
      <Button size="small" variant="secondary" asChild>
        <Link to={hasSales ? "/foresight/trainings" : "/foresight/data"}>{t(hasSales ? "demand.startTraining" : "demand.importSales")}</Link>
      </Button>
    </Container>
  )
}
