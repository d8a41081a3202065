import Medusa from "@medusajs/js-sdk"
import { createForesight } from "medusa-plugin-foresight/client"
import type { Foresight } from "medusa-plugin-foresight/client"
import { createContext, useContext } from "react"
import { storedConsent } from "./stored-consent"

/** What the server of these files tells about the shop: /config.json. */
export interface ShopConfig {
  baseUrl: string
  publishableKey: string
  regionId: string
  shippingOptionId: string
  /** Lower-case ISO 3166. */
  country: string
  /** Lower-case ISO 4217. */
  currency: string
  /** Customers of the simulated shop whom a visitor may be, to see what a customer sees. */
  logins: { emails: string[]; password: string }
}

/** The shop as every page uses it. */
export interface Shop {
  config: ShopConfig
  medusa: Medusa
  foresight: Foresight
}

/** Medusa's client for products and carts, Foresight's beside it. */
export function openShop(config: ShopConfig): Shop {
  const { baseUrl, publishableKey } = config
  const medusa = new Medusa({ baseUrl, publishableKey, auth: { type: "jwt" } })
  const foresight = createForesight({ baseUrl, publishableKey, consent: storedConsent() ?? undefined, getToken: () => medusa.client.getToken() })
  return { config, medusa, foresight }
}

export const ShopContext = createContext<Shop | null>(null)

export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (!shop) throw new Error("no shop here; put a ShopContext.Provider around this component")
  return shop
}
