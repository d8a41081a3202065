import { Code, Heading, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useHealth } from "../hooks/use-health"

/** What to do while there is no advice at all: depends on whether sales are recorded. */
export function AdviceEmpty() {
  const { t } = useTranslation("foresight")
  const { data, isPending } = useHealth()
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-16 text-center" data-testid="advice-empty">
      <Heading level="h2">{t("list.emptyTitle")}</Heading>
      {isPending ? (
        <Skeleton className="h-5 w-64" />
      ) : (
        <Text size="small" className="text-ui-fg-subtle max-w-md">
          {data && data.events.total > 0 ? (
            t("list.emptyNoModel")
          ) : (
            <>
              {t("list.emptyNoSales")} <Code>npx foresight import orders.csv</Code>, {t("list.emptyNoSalesMore")}
            </>
          )}
        </Text>
      )}
    </div>
  )
}
