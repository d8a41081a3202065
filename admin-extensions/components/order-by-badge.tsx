import { Badge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { AdviceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { OUTLOOK_DAYS } from "./outlook"

/** Until when to order; red on the day and after it. `brief` leaves out what a column's head says already. */
export function OrderByBadge({ advice, brief = false }: { advice: Pick<AdviceAnswer, "order_by" | "day" | "status">; brief?: boolean }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { order_by: orderBy, day, status } = advice
  const text = () => {
    if (orderBy === null) return t(brief ? "advice.later" : "advice.orderByLate", { days: OUTLOOK_DAYS })
    if (orderBy === day) return t(brief ? "advice.today" : "advice.orderByToday")
    if (orderBy < day) return t("advice.orderByOverdue", { day: format.day(orderBy) })
    return brief ? format.day(orderBy) : t("advice.orderBy", { day: format.day(orderBy) })
  }
  const isPressing = orderBy !== null && orderBy <= day
  return (
    <Badge size="xsmall" color={isPressing ? "red" : status === "order" ? "orange" : "grey"} data-testid="order-by" data-day={orderBy ?? undefined}>
      {text()}
    </Badge>
  )
}
