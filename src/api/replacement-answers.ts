/** Shapes of replaced items. Types only. */

/** A variant that took another's place; names are `null` where the shop has the variant no more. */
export interface VariantReplacementAnswer {
  id: string
  /** The one that inherits. */
  variant_id: string
  title: string | null
  sku: string | null
  /** The one whose sales before `from_day` it inherits; nothing more is expected of it. */
  replaced_variant_id: string
  replaced_title: string | null
  replaced_sku: string | null
  from_day: string
  created_by: string
  created_at: string
  ended_by: string | null
  ended_at: string | null
}

/** GET /admin/foresight/demand/replacements?state&variant_id&limit&offset */
export interface VariantReplacementListAnswer {
  replacements: VariantReplacementAnswer[]
  count: number
  limit: number
  offset: number
}
