import { adminHeaders, request, storeHeaders, testStore } from "./store"

const callers = (headers: Record<string, string>) => ({
  get: <Body>(path: string) => request<Body>("GET", testStore().url + path, { headers }),
  post: <Body>(path: string, body: unknown) => request<Body>("POST", testStore().url + path, { headers, body }),
  delete: <Body>(path: string) => request<Body>("DELETE", testStore().url + path, { headers }),
})

/** The storefront's side: with the publishable key, and logged in where an email is given. */
export const storefrontApi = async (email?: string) => callers(await storeHeaders(testStore(), email))

/** The admin's side, logged in. */
export const adminApi = async () => callers(await adminHeaders(testStore()))

/** Without any key or login. */
export const anonymousApi = () => callers({})
