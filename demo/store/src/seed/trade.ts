import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { ShopFile } from "./shop-file"

/** Where and to whom the shop sells. */
export interface Trade {
  publishableKey: string
  regionId: string
  shippingOptionId: string
  shippingProfileId: string
  salesChannels: Record<string, string>
  locations: Record<string, string>
}

const FULFILMENT_PROVIDER = "manual_manual"
const KEY_TITLE = "Storefront"

const idsByName = (rows: { id: string; name: string }[]): Record<string, string> => Object.fromEntries(rows.map(({ id, name }) => [name, id]))

/** Channels, locations, region, tax, shipping and publishable key; what is there already is left as it is. */
export async function setUpTrade(container: MedusaContainer, shop: ShopFile): Promise<Trade> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const fulfilment = container.resolve(Modules.FULFILLMENT)

  const { data: presentChannels } = await query.graph({ entity: "sales_channel", fields: ["id", "name"] })
  const salesChannels = idsByName(presentChannels as { id: string; name: string }[])
  const newChannels = shop.salesChannels.filter((name) => !salesChannels[name])
  if (newChannels.length > 0) {
    const { result } = await createSalesChannelsWorkflow(container).run({ input: { salesChannelsData: newChannels.map((name) => ({ name })) } })
    for (const { id, name } of result) salesChannels[name] = id
  }
  const channelIds = shop.salesChannels.map((name) => salesChannels[name] as string)

  const { data: presentLocations } = await query.graph({ entity: "stock_location", fields: ["id", "name"] })
  const locations = idsByName(presentLocations as { id: string; name: string }[])
  for (const { name, countryCode } of shop.locations.filter((location) => !locations[location.name])) {
    const address = { address_1: "1 Harbour Street", city: name, country_code: countryCode.toLowerCase() }
    const { result } = await createStockLocationsWorkflow(container).run({ input: { locations: [{ name, address }] } })
    const id = (result[0] as { id: string }).id
    locations[name] = id
    await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: FULFILMENT_PROVIDER } })
    await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id, add: channelIds } })
  }
  const mainLocation = locations[(shop.locations[0] as { name: string }).name] as string

  const { data: stores } = await query.graph({ entity: "store", fields: ["id"] })
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: (stores[0] as { id: string }).id },
      update: { supported_currencies: [{ currency_code: shop.currency, is_default: true }], default_sales_channel_id: channelIds[0], default_location_id: mainLocation },
    },
  })

  const { data: regions } = await query.graph({ entity: "region", fields: ["id"], filters: { currency_code: shop.currency } })
  let regionId = (regions[0] as { id: string } | undefined)?.id
  if (!regionId) {
    const region = { name: "Home", currency_code: shop.currency, countries: [shop.country], payment_providers: ["pp_system_default"] }
    const { result } = await createRegionsWorkflow(container).run({ input: { regions: [region] } })
    regionId = (result[0] as { id: string }).id
    await createTaxRegionsWorkflow(container).run({ input: [{ country_code: shop.country, provider_id: "tp_system" }] })
  }

  const profiles = await fulfilment.listShippingProfiles({ type: "default" })
  let shippingProfileId = profiles[0]?.id
  if (!shippingProfileId) {
    const { result } = await createShippingProfilesWorkflow(container).run({ input: { data: [{ name: "Default", type: "default" }] } })
    shippingProfileId = (result[0] as { id: string }).id
  }

  const [presentOption] = await fulfilment.listShippingOptions({ name: "Standard delivery" })
  const shippingOptionId = presentOption?.id ?? (await createShipping(container, { shop, regionId, shippingProfileId, mainLocation }))

  const { data: keys } = await query.graph({ entity: "api_key", fields: ["id", "token"], filters: { title: KEY_TITLE } })
  const publishableKey = (keys[0] as { token: string } | undefined)?.token ?? (await createKey(container, channelIds[0] as string))
  return { publishableKey, regionId, shippingOptionId, shippingProfileId, salesChannels, locations }
}

/** For one channel: stock availability is defined for a single one, and the other channels have doors of their own. */
async function createKey(container: MedusaContainer, channelId: string): Promise<string> {
  const { result } = await createApiKeysWorkflow(container).run({ input: { api_keys: [{ title: KEY_TITLE, type: "publishable", created_by: "" }] } })
  const { id, token } = result[0] as { id: string; token: string }
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id, add: [channelId] } })
  return token
}

interface ShippingPlan {
  shop: ShopFile
  regionId: string
  shippingProfileId: string
  mainLocation: string
}

async function createShipping(container: MedusaContainer, { shop, regionId, shippingProfileId, mainLocation }: ShippingPlan): Promise<string> {
  const fulfilment = container.resolve(Modules.FULFILLMENT)
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const set = await fulfilment.createFulfillmentSets({
    name: "Delivery",
    type: "shipping",
    service_zones: [{ name: "Home", geo_zones: [{ type: "country", country_code: shop.country }] }],
  })
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: mainLocation }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } })
  const { result } = await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Standard delivery",
        price_type: "flat",
        provider_id: FULFILMENT_PROVIDER,
        service_zone_id: (set.service_zones[0] as { id: string }).id,
        shipping_profile_id: shippingProfileId,
        type: { label: "Standard", description: "In two to three days", code: "standard" },
        prices: [
          { currency_code: shop.currency, amount: 4.9 },
          { region_id: regionId, amount: 4.9 },
        ],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  })
  return (result[0] as { id: string }).id
}
