import { readFileSync } from "node:fs"

/** The shop as demo/run.mjs writes it, from the simulator or from a real sales file. */
export interface ShopFile {
  /** Lower-case ISO 4217. */
  currency: string
  /** Lower-case ISO 3166 alpha-2; where the shop sells to. */
  country: string
  salesChannels: string[]
  locations: { name: string; countryCode: string }[]
  categories: { handle: string; title: string; parent: string | null }[]
  products: {
    title: string
    handle: string
    description: string
    /** Handles. */
    categories: string[]
    options: { title: string; values: string[] }[]
    /** `weight` in grams, `price` in `currency`. */
    variants: { sku: string; title: string; options: Record<string, string>; price: number; weight: number }[]
  }[]
  kits: { sku: string; components: { sku: string; quantity: number }[] }[]
  stock: { sku: string; location: string; onHand: number; incoming: number }[]
  /** The stock was not counted but made up from recent sales; advice that rests on it says so. */
  stockIsAssumed: boolean
  /** `id`: the customer's number in the shop the history comes from, where it had one. */
  customers: { id?: string; email: string; firstName: string; lastName: string }[]
  /** Emails of customers who can log in with `customerPassword`. */
  logins: string[]
  customerPassword: string
  admin: { email: string; password: string }
}

/** What a storefront needs to know of the seeded shop. */
export interface SeedResult {
  publishableKey: string
  regionId: string
  shippingOptionId: string
  /** Ids by name. */
  salesChannels: Record<string, string>
  locations: Record<string, string>
  products: number
  variants: number
  customers: number
}

export const readShopFile = (path: string) => JSON.parse(readFileSync(path, "utf8")) as ShopFile

/** Slices of at most `size`. */
export function batches<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size))
}

/** Told to whoever started the script; demo/run.mjs shows lines that begin so. */
export const tellProgress = (text: string) => process.stdout.write(`progress: ${text}\n`)
