import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { SetAsideChangeAnswer, SetAsideLineAnswer } from "../../src/api/answers"
import { useExclude, useRestore, type Restored } from "./use-data"

type LineKey = Pick<SetAsideLineAnswer, "day" | "event_id">
const keyOf = ({ day, event_id }: LineKey): LineKey => ({ day, event_id })

/** Restores lines and sets them aside again, says when that counts, and offers to undo a restore. */
export function useSetAsideChange() {
  const { t } = useTranslation("foresight")
  const restoring = useRestore()
  const excluding = useExclude()
  const onError = (error: Error) => void toast.error(t("data.notChanged", { message: error.message }))
  const when = ({ counts }: SetAsideChangeAnswer) => (counts === "soon" ? t("data.countsSoon") : t("data.countsTonight"))

  const exclude = (lines: readonly LineKey[]) =>
    excluding.mutate(
      { lines: lines.map(keyOf) },
      { onSuccess: (answer) => void toast.success(t("data.excluded", { count: answer.changed }), { description: when(answer) }), onError }
    )
  const restore = (what: Restored) =>
    restoring.mutate("lines" in what ? { lines: what.lines.map(keyOf) } : what, {
      onSuccess: (answer) => {
        const description = answer.left > 0 ? t("data.restoredSome", { count: answer.left }) : when(answer)
        toast.success(t("data.restored", { count: answer.changed }), {
          description,
          ...("lines" in what && { action: { label: t("data.undo"), altText: t("data.undo"), onClick: () => exclude(what.lines) } }),
        })
      },
      onError,
    })
  return { restore, exclude }
}
