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

export function useLogIn() {
  const { medusa, config } = useShop()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (email: string) => medusa.auth.login("customer", "emailpass", { email, password: config.logins.password }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["customer"] }),
  })
}

export function useLogOut() {
  const { medusa } = useShop()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => medusa.client.clearToken(),
    onSuccess: () => client.setQueryData(["customer"], null),
  })
}
