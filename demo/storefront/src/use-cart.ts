import type { HttpTypes } from "@medusajs/types"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTrack } from "medusa-plugin-foresight/react"
import { useShop } from "./shop"

const KEY = "shop.cart"
const FIELDS = { fields: "id,currency_code,total,item_subtotal,*items" }

/** The id of this browser's cart, once there is one. */
const storedCartId = (): string | null => localStorage.getItem(KEY)

/** This browser's cart; `null` before something is put into it. */
export function useCart() {
  const { medusa } = useShop()
  return useQuery({
    queryKey: ["cart"],
    queryFn: async (): Promise<HttpTypes.StoreCart | null> => {
      const id = storedCartId()
      if (!id) return null
      const { cart } = await medusa.store.cart.retrieve(id, FIELDS)
      return cart
    },
  })
}

/** The cart is an order now, or gone: the next product begins a new one. */
export function useForgetCart(): () => void {
  const client = useQueryClient()
  return () => {
    localStorage.removeItem(KEY)
    client.setQueryData(["cart"], null)
  }
}

/** One line of a cart as an event tells it. */
export const lineAsItem = ({ product_id, variant_id, unit_price, quantity }: HttpTypes.StoreCartLineItem) => ({
  item_id: product_id ?? "",
  item_variant: variant_id ?? undefined,
  price: unit_price,
  quantity,
})

interface Addition {
  product: HttpTypes.StoreProduct
  variant: HttpTypes.StoreProductVariant
  price: number | null
  /** Of the shelf that led here. */
  recommendationId?: string
}

/** Puts one piece into the cart and says so. */
export function useAddToCart() {
  const { medusa, config } = useShop()
  const track = useTrack()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ variant }: Addition) => {
      const known = storedCartId()
      const id = known ?? (await medusa.store.cart.create({ region_id: config.regionId })).cart.id
      if (!known) localStorage.setItem(KEY, id)
      const { cart } = await medusa.store.cart.createLineItem(id, { variant_id: variant.id, quantity: 1 }, FIELDS)
      return cart
    },
    onSuccess: (cart, { product, variant, price, recommendationId }) => {
      client.setQueryData(["cart"], cart)
      const items = [{ item_id: product.id, item_variant: variant.id, price: price ?? undefined, quantity: 1 }]
      track("add_to_cart", { items, currency: config.currency, cart_id: cart.id, recommendation_id: recommendationId })
    },
  })
}

/** Takes a line out of the cart and says so. */
export function useRemoveFromCart() {
  const { medusa, config } = useShop()
  const track = useTrack()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ cart, line }: { cart: HttpTypes.StoreCart; line: HttpTypes.StoreCartLineItem }) => {
      await medusa.store.cart.deleteLineItem(cart.id, line.id)
    },
    onSuccess: async (_, { cart, line }) => {
      track("remove_from_cart", { items: [lineAsItem(line)], currency: config.currency, cart_id: cart.id })
      await client.invalidateQueries({ queryKey: ["cart"] })
    },
  })
}
