import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { AdviceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"

/** When the advice was computed and by which model. */
export function ComputedBy({ advice }: { advice: AdviceAnswer }) {
  const { t } = useTranslation("foresight")
  const when = useFormats().instant(advice.computed_at)
  return (
    <Text size="xsmall" className="text-ui-fg-muted" data-testid="computed-by">
      {advice.model ? t("advice.computed", { when, version: advice.model.version, algorithm: advice.model.algorithm }) : t("advice.computedByRule", { when })}
      {advice.overridden_by.length > 0 && ` ${t("advice.overridden", { who: advice.overridden_by.join(", ") })}`}
    </Text>
  )
}
