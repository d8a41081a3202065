import { type GraphReader, type Instant, toDate, toNumber, type Value } from "./graph-reader"
import type { ChangeCursor, OfferReader, ShopPrice, ShopPromotion } from "./shop-reader"

interface PriceRow {
  id: string
  amount: Value
  currency_code: string
  min_quantity: Value
  updated_at: Instant
  price_set_id: string
  price_list?: { id: string; type: string; status: string; starts_at: Instant | null; ends_at: Instant | null } | null
  price_rules?: ({ attribute: string; value: string } | null)[] | null
}
interface PromotionRow {
  id: string
  code: string
  status: string
  is_automatic: boolean
  type: string
  created_at: Instant
  updated_at: Instant
  campaign?: { id: string; name: string; starts_at: Instant | null; ends_at: Instant | null } | null
  application_method?: {
    type: string | null
    value: Value
    currency_code: string | null
    target_type: string | null
    target_rules?: ({ attribute: string; operator: string; values?: ({ value: string } | null)[] | null } | null)[] | null
  } | null
}

const PRICE_FIELDS = [
  "id",
  "amount",
  "currency_code",
  "min_quantity",
  "updated_at",
  "price_set_id",
  "price_list.id",
  "price_list.type",
  "price_list.status",
  "price_list.starts_at",
  "price_list.ends_at",
  "price_rules.attribute",
  "price_rules.value",
]
const PROMOTION_FIELDS = [
  "id",
  "code",
  "status",
  "is_automatic",
  "type",
  "created_at",
  "updated_at",
  "campaign.id",
  "campaign.name",
  "campaign.starts_at",
  "campaign.ends_at",
  "application_method.type",
  "application_method.value",
  "application_method.currency_code",
  "application_method.target_type",
  "application_method.target_rules.attribute",
  "application_method.target_rules.operator",
  "application_method.target_rules.values.value",
]

/** Prices of variants, price lists among them, and promotions. */
export const offerReader = (graph: GraphReader): OfferReader => {
  /** Prices of shipping options and of deleted variants belong to no variant and are left out. */
  const toPrices = async (rows: readonly PriceRow[]): Promise<ShopPrice[]> => {
    const links = await graph.byIds<{ variant_id: string; price_set_id: string }>("product_variant_price_set", ["variant_id", "price_set_id"], "price_set_id", rows.map((row) => row.price_set_id))
    const variantOf = new Map(links.map(({ variant_id, price_set_id }) => [price_set_id, variant_id]))
    return rows.flatMap((row) => {
      const variantId = variantOf.get(row.price_set_id)
      return variantId ? [toPrice(row, variantId)] : []
    })
  }
  const changedThemselves = async (entity: string, cursor: ChangeCursor | null, limit: number) => {
    const page = await graph.changes<{ id: string; updated_at: Instant }>(entity, ["id", "updated_at"], cursor, limit)
    return { ...page, rows: page.rows.map(({ id, updatedAt }) => ({ id, updatedAt })) }
  }
  const existing = (entity: string) => async (ids: readonly string[]) =>
    ids.length === 0 ? [] : (await graph.read<{ id: string }>(entity, ["id"], { id: [...ids] }, { take: ids.length })).map(({ id }) => id)

  return {
    async pricesChangedSince(cursor, limit) {
      const page = await graph.changes<PriceRow>("price", PRICE_FIELDS, cursor, limit)
      return { ...page, rows: await toPrices(page.rows) }
    },

    priceListsChangedSince: (cursor, limit) => changedThemselves("price_list", cursor, limit),

    async pricesOfLists(priceListIds, after, limit) {
      const { rows, next } = await graph.page<PriceRow>("price", PRICE_FIELDS, after, limit, { price_list_id: [...priceListIds] })
      return { rows: await toPrices(rows), next }
    },

    async pricesPage(after, limit) {
      const { rows, next } = await graph.page<PriceRow>("price", PRICE_FIELDS, after, limit)
      return { rows: await toPrices(rows), next }
    },

    existingPrices: existing("price"),

    async promotionsChangedSince(cursor, limit) {
      const page = await graph.changes<PromotionRow>("promotion", PROMOTION_FIELDS, cursor, limit)
      return { ...page, rows: page.rows.map(toPromotion) }
    },

    campaignsChangedSince: (cursor, limit) => changedThemselves("campaign", cursor, limit),

    async promotionsOfCampaigns(campaignIds, after, limit) {
      const { rows, next } = await graph.page<PromotionRow>("promotion", PROMOTION_FIELDS, after, limit, { campaign_id: [...campaignIds] })
      return { rows: rows.map(toPromotion), next }
    },

    async promotionsPage(after, limit) {
      const { rows, next } = await graph.page<PromotionRow>("promotion", PROMOTION_FIELDS, after, limit)
      return { rows: rows.map(toPromotion), next }
    },

    existingPromotions: existing("promotion"),
  }
}

const REGION = "region_id"

function toPrice(row: PriceRow, variantId: string): ShopPrice {
  const { price_list: list } = row
  const rules = (row.price_rules ?? []).flatMap((rule) => (rule ? [[rule.attribute, String(rule.value)] as const] : [])).sort(([one], [two]) => (one < two ? -1 : 1))
  const changedAt = toDate(row.updated_at)
  const startsAt = list?.starts_at ? toDate(list.starts_at) : null
  return {
    id: row.id,
    variantId,
    currencyCode: row.currency_code.toLowerCase(),
    regionId: rules.find(([attribute]) => attribute === REGION)?.[1] ?? null,
    priceListId: list?.id ?? null,
    priceListType: list?.type ?? null,
    minQuantity: row.min_quantity === null || row.min_quantity === undefined ? null : toNumber(row.min_quantity),
    rules: Object.fromEntries(rules.filter(([attribute]) => attribute !== REGION)),
    // a list that is a draft gives nobody a price
    amount: list && list.status !== "active" ? null : toNumber(row.amount),
    validFrom: startsAt && startsAt > changedAt ? startsAt : changedAt,
    validTo: list?.ends_at ? toDate(list.ends_at) : null,
  }
}

function toPromotion(row: PromotionRow): ShopPromotion {
  const { campaign, application_method: method } = row
  return {
    id: row.id,
    code: row.code,
    status: row.status,
    isAutomatic: Boolean(row.is_automatic),
    type: row.type,
    campaignId: campaign?.id ?? null,
    campaignName: campaign?.name ?? null,
    startsAt: campaign?.starts_at ? toDate(campaign.starts_at) : null,
    endsAt: campaign?.ends_at ? toDate(campaign.ends_at) : null,
    createdAt: toDate(row.created_at),
    valueType: method?.type ?? null,
    value: method?.value === null || method?.value === undefined ? null : toNumber(method.value),
    currencyCode: method?.currency_code?.toLowerCase() ?? null,
    targetType: method?.target_type ?? null,
    targets: (method?.target_rules ?? [])
      .flatMap((rule) => (rule ? [{ attribute: rule.attribute, operator: rule.operator, values: (rule.values ?? []).flatMap((one) => (one ? [one.value] : [])).sort() }] : []))
      .sort((one, two) => (one.attribute < two.attribute ? -1 : 1)),
  }
}
