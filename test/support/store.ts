import type { Coverage } from "../../demo/simulator"

/** The running store of the http and browser tests: demo/store in production mode with the packed plugin, filled by test/run.mjs. */
export interface TestStore {
  url: string
  /** demo/storefront, served as in the demo. */
  storefrontUrl: string
  workerHealthUrl: string
  /** Where the store is installed; `.medusa/server` inside is what runs. */
  folder: string
  /** Variables that its server and its worker run with: addresses, secrets. */
  environment: Record<string, string>
  databaseUrl: string
  publishableKey: string
  regionId: string
  shippingOptionId: string
  /** Ids by name. */
  salesChannels: Record<string, string>
  locations: Record<string, string>
  admin: { email: string; password: string }
  /** Emails of customers who can log in with `customerPassword`; each has bought before. */
  customers: string[]
  customerPassword: string
  country: string
  /** Last day of the imported history. */
  asOf: string
  /** How the forecasts of past weeks, made afterwards by the first training, covered what was really asked for; as the demo prints it. */
  coverage: Coverage | null
}

/** @throws Error when the tests were not started by `npm test` (or `npm run test:http`, `npm run test:browser`) */
export function testStore(): TestStore {
  const given = process.env.TEST_STORE
  if (!given) throw new Error("TEST_STORE is not set; start these tests with `npm run test:http` or `npm run test:browser`, which open a store for them")
  const store = JSON.parse(given) as Record<string, unknown>
  const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return Object.fromEntries(Object.entries(store).map(([name, value]) => [camel(name), value])) as unknown as TestStore
}

/** An answer as the tests look at it; `body` is `null` where there was none, the text where it was no JSON. */
export interface Answer<Body> {
  status: number
  headers: Headers
  body: Body
}

/** One request; never throws for a status. */
export async function request<Body>(method: string, url: string, { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {}): Promise<Answer<Body>> {
  const raw = typeof body === "string" || body === undefined ? body : JSON.stringify(body)
  const answer = await fetch(url, { method, headers: { "content-type": "application/json", ...headers }, body: raw, signal: AbortSignal.timeout(60_000) })
  const text = await answer.text()
  let parsed: unknown = null
  try {
    parsed = text === "" ? null : JSON.parse(text)
  } catch {
    parsed = text
  }
  return { status: answer.status, headers: answer.headers, body: parsed as Body }
}

/** Headers of a storefront, of a customer logged in where an email is given. */
export async function storeHeaders(store: TestStore, email?: string): Promise<Record<string, string>> {
  const key = { "x-publishable-api-key": store.publishableKey }
  if (!email) return key
  const { body } = await request<{ token: string }>("POST", `${store.url}/auth/customer/emailpass`, { body: { email, password: store.customerPassword } })
  return { ...key, authorization: `Bearer ${body.token}` }
}

/** Headers of the logged-in admin. */
export async function adminHeaders(store: TestStore): Promise<Record<string, string>> {
  const { body } = await request<{ token: string }>("POST", `${store.url}/auth/user/emailpass`, { body: store.admin })
  return { authorization: `Bearer ${body.token}` }
}

const callers = (headers: Record<string, string>, url = testStore().url) => ({
  get: <Body>(path: string) => request<Body>("GET", url + path, { headers }),
  post: <Body>(path: string, body: unknown) => request<Body>("POST", url + path, { headers, body }),
  delete: <Body>(path: string) => request<Body>("DELETE", url + path, { headers }),
})

/** The storefront's side: with the publishable key, and logged in where an email is given; of another server of the store where its url is. */
export const storefrontApi = async (email?: string, url?: string) => callers(await storeHeaders(testStore(), email), url)

export type StorefrontApi = Awaited<ReturnType<typeof storefrontApi>>

/** The admin's side, logged in; of another server of the store where its url is given. */
export const adminApi = async (url?: string) => callers(await adminHeaders(testStore()), url)

/** Without any key or login. */
export const anonymousApi = () => callers({})
