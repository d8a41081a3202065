import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ItemAdviceAnswer, ItemSettingsBody } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** Advice of one inventory item at each of its locations. */
export const useItemAdvice = (inventoryItemId: string) =>
  useQuery({
    queryKey: queryKeys.itemAdvice(inventoryItemId),
    queryFn: ({ signal }) => sdk.client.fetch<ItemAdviceAnswer>(`/admin/foresight/inventory-items/${inventoryItemId}/advice`, { signal }),
  })

/** Saves the item's settings at one location; every view of advice is asked anew. */
export function useSaveItemSettings(inventoryItemId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ItemSettingsBody) =>
      sdk.client.fetch<ItemAdviceAnswer>(`/admin/foresight/inventory-items/${inventoryItemId}/settings`, { method: "POST", body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.allAdvice })
    },
  })
}
