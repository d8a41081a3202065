import { useQuery } from "@tanstack/react-query"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** The shop's stock locations, by name. */
export const useLocations = () =>
  useQuery({
    queryKey: queryKeys.locations,
    queryFn: async () => (await sdk.admin.stockLocation.list({ limit: 200, fields: "id,name", order: "name" })).stock_locations,
    staleTime: 300_000,
  })
