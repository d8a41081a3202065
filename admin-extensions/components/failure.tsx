import { Alert, Button } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

/** Says what could not be loaded and offers to try again. */
export function Failure({ what, error, onRetry }: { what: "advice" | "trainings" | "models" | "training" | "imports" | "data" | "lines" | "cleaning" | "backfill" | "demand" | "accuracy" | "surprises" | "newcomers" | "overrides" | "replacements" | "whatIf"; error: Error; onRetry: () => unknown }) {
  const { t } = useTranslation("foresight")
  return (
    <div className="flex flex-col items-start gap-3" data-testid="foresight-failure" role="alert">
      <Alert variant="error">{t("failed", { what: t(`what.${what}`), message: error.message })}</Alert>
      <Button size="small" variant="secondary" onClick={() => void onRetry()}>
        {t("retry")}
      </Button>
    </div>
  )
}
