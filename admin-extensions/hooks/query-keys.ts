/** React Query keys of our answers; all advice shares a beginning, so that one call refreshes every view of it. */
export const queryKeys = {
  allAdvice: ["foresight", "advice"] as const,
  itemAdvice: (inventoryItemId: string) => ["foresight", "advice", "item", inventoryItemId] as const,
  productAdvice: (productId: string) => ["foresight", "advice", "product", productId] as const,
  adviceList: (query: object) => ["foresight", "advice", "list", query] as const,
  trainings: ["foresight", "trainings"] as const,
  training: (id: string) => ["foresight", "training", id] as const,
  models: ["foresight", "models"] as const,
  imports: ["foresight", "imports"] as const,
  backfill: ["foresight", "backfill"] as const,
  data: ["foresight", "data"] as const,
  setAside: ["foresight", "set-aside"] as const,
  cleaningSettings: ["foresight", "cleaning-settings"] as const,
  health: ["foresight", "health"] as const,
  locations: ["foresight", "locations"] as const,
}
