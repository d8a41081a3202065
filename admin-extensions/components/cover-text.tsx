import { useTranslation } from "react-i18next"
import type { AdviceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { OUTLOOK_DAYS } from "./outlook"

/** How many days the stock lasts: at the median and, in brackets, for the worst tenth. */
export function CoverText({ advice, brief = false }: { advice: AdviceAnswer; brief?: boolean }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  if (advice.status === "too_few_sales") return <>–</>
  const { days_of_cover: cover, days_of_cover_low: low } = advice
  const days = cover === null ? t("advice.coverMore", { days: OUTLOOK_DAYS }) : t("advice.coverDays", { count: cover, formatted: format.rounded(cover) })
  return (
    <>
      {days}
      {!brief && low !== null && <span className="text-ui-fg-subtle font-normal"> {t("advice.coverLow", { formatted: format.rounded(low) })}</span>}
    </>
  )
}
