import type { RemoteQueryFunction } from "@medusajs/framework/types"

/** Medusa's `query` as the container gives it. */
export type ShopQuery = Omit<RemoteQueryFunction, symbol>
