import type { HttpTypes } from "@medusajs/types"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useShop } from "./shop"

/** Who is logged in, by Medusa's own login; `null` for a guest. Foresight learns it from the token, never from the page. */
export function useCustomer() {
  const { medusa } = useShop()
  return useQuery({
    queryKey: ["customer"],
    queryFn: async (): Promise<HttpTypes.StoreCustomer | null> => {
      if (!(await medusa.client.getToken())) return null
      const { customer } = await medusa.store.customer.retrieve()
      return customer
    },
  })
}

/** What waits is sent first: events belong to whoever is logged in when they are sent. */
export function useLogIn() {
  const { medusa, foresight, config } = useShop()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (email: string) => {
      await foresight.flush()
      return medusa.auth.login("customer", "emailpass", { email, password: config.logins.password })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["customer"] }),
  })
}

/** As `useLogIn`: first the customer's events, then the guest's. */
export function useLogOut() {
  const { medusa, foresight } = useShop()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      await foresight.flush()
      await medusa.client.clearToken()
    },
    onSuccess: () => client.setQueryData(["customer"], null),
  })
}
