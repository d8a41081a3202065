import type { NamedReplacement } from "../../../../../modules/foresight/replacements"
import type { VariantReplacementAnswer } from "../../../../answers"

/** One replacement as the API shows it. */
export function replacementAnswer(one: NamedReplacement): VariantReplacementAnswer {
  return {
    id: one.id,
    variant_id: one.variantId,
    title: one.variant?.title ?? null,
    sku: one.variant?.sku ?? null,
    replaced_variant_id: one.replacedVariantId,
    replaced_title: one.replacedVariant?.title ?? null,
    replaced_sku: one.replacedVariant?.sku ?? null,
    from_day: one.fromDay,
    created_by: one.createdBy,
    created_at: one.createdAt.toISOString(),
    ended_by: one.endedBy,
    ended_at: one.endedAt?.toISOString() ?? null,
  }
}
