import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { VariantReplacementAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { useEndReplacement, useReplacements } from "../hooks/use-replacements"
import { Failure } from "./failure"
import { ReplacementDrawer } from "./replacement-drawer"

/** Whose place a variant took and who took its place, each ended by one click and a question; and the way to say so. */
export function ReplacementPanel({ variantId }: { variantId: string }) {
  const { data, error, refetch } = useReplacements(variantId)
  const replacements = data?.replacements ?? []
  const isHeir = replacements.some((one) => one.variant_id === variantId)
  const isReplaced = replacements.some((one) => one.replaced_variant_id === variantId)
  return (
    <div className="flex flex-col gap-2 px-6 py-3" data-testid="replacement-panel">
      {error && !data && <Failure what="replacements" error={error} onRetry={refetch} />}
      {replacements.map((one) => (
        <ReplacementRow key={one.id} replacement={one} isHeir={one.variant_id === variantId} />
      ))}
      {data && !(isHeir && isReplaced) && <ReplacementDrawer variantId={variantId} canReplace={!isHeir} canBeReplaced={!isReplaced} />}
    </div>
  )
}

function ReplacementRow({ replacement, isHeir }: { replacement: VariantReplacementAnswer; isHeir: boolean }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const prompt = usePrompt()
  const { mutate, isPending } = useEndReplacement()
  const end = async () => {
    const agreed = await prompt({
      title: t("demand.replacement.endTitle"),
      description: t("demand.replacement.endText"),
      confirmText: t("demand.override.end"),
      cancelText: t("settings.cancel"),
    })
    if (!agreed) return
    mutate(replacement.id, {
      onSuccess: () => void toast.success(t("demand.replacement.ended")),
      onError: (error) => void toast.error(t("settings.notSaved", { message: error.message })),
    })
  }
  const { title, sku, replaced_title: replacedTitle, replaced_sku: replacedSku } = replacement
  const names = isHeir ? [replacedTitle ?? replacement.replaced_variant_id, replacedSku] : [title ?? replacement.variant_id, sku]
  const text = { title: names.filter(Boolean).join(", "), day: format.day(replacement.from_day) }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3" data-testid="replacement-row">
      <div className="min-w-0">
        <Text size="small">{isHeir ? t("demand.replacement.inherits", text) : t("demand.replacement.replacedBy", text)}</Text>
        <Text size="xsmall" className="text-ui-fg-muted">
          {t("data.changedBy", { who: replacement.created_by, when: format.instant(replacement.created_at) })}
        </Text>
      </div>
      <Button size="small" variant="secondary" isLoading={isPending} onClick={() => void end()} data-testid="end-replacement">
        {t("demand.override.end")}
      </Button>
    </div>
  )
}
