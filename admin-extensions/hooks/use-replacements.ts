import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { VariantReplacementAnswer, VariantReplacementListAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

const PATH = "/admin/foresight/demand/replacements"
/** Variants that a search offers. */
const OFFERED = 8

/** Which variant takes which one's place. */
export type ReplacementWish = Pick<VariantReplacementAnswer, "variant_id" | "replaced_variant_id" | "from_day">

/** Replacements that hold for a variant, on either side. */
export const useReplacements = (variantId: string) =>
  useQuery({
    queryKey: queryKeys.demandReplacements(variantId),
    queryFn: ({ signal }) => sdk.client.fetch<VariantReplacementListAnswer>(PATH, { query: { variant_id: variantId }, signal }),
  })

/** Variants of the shop by title or SKU, whether forecast or not. */
export const useVariantSearch = (q: string) =>
  useQuery({
    queryKey: queryKeys.variantSearch(q),
    queryFn: async () => (await sdk.admin.productVariant.list({ q, limit: OFFERED, fields: "id,title,sku,product.title" })).variants,
    enabled: q !== "",
    placeholderData: keepPreviousData,
  })

function useReplacementChange<Wish>(change: (wish: Wish) => Promise<Changed>) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.demand }) })
}

interface Changed {
  replacement: VariantReplacementAnswer
}

/** Lets one variant take another's place; forecasts follow in the next run. */
export const useReplace = () => useReplacementChange((body: ReplacementWish) => sdk.client.fetch<Changed>(PATH, { method: "POST", body }))

/** Ends a replacement. */
export const useEndReplacement = () => useReplacementChange((id: string) => sdk.client.fetch<Changed>(`${PATH}/${id}`, { method: "DELETE" }))
