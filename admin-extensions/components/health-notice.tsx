import { Alert, Code } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useHealth } from "../hooks/use-health"

/** Says so, and what to do, when nothing refreshes the advice; silent while all is well. */
export function HealthNotice() {
  const { t } = useTranslation("foresight")
  const { data } = useHealth()
  if (!data || (data.worker.ok && data.temporal.ok)) return null
  return (
    <div className="px-6 py-4" data-testid="health-notice">
      <Alert variant="warning">
        {data.temporal.ok ? (
          <span>
            {t("list.workerDown")} <Code>npx foresight worker</Code>.
          </span>
        ) : (
          data.temporal.message
        )}
      </Alert>
    </div>
  )
}
