/** The running store of the http and browser tests: `test/run.mjs` installs it from the packed tarball and starts it in production mode. */
export interface StoreAnswer<Body = Record<string, never>> {
  status: number
  body: Body
  headers: Headers
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run these tests by "npm run test:http" or "npm run test:browser"`)
  return value
}

export const store = {
  get url() {
    return required("TEST_STORE_URL")
  },
  get publishableKey() {
    return required("TEST_STORE_PUBLISHABLE_KEY")
  },
  get regionId() {
    return required("TEST_STORE_REGION_ID")
  },
  get shippingOptionId() {
    return required("TEST_STORE_SHIPPING_OPTION_ID")
  },
  get admin() {
    return { email: required("TEST_STORE_ADMIN_EMAIL"), password: required("TEST_STORE_ADMIN_PASSWORD") }
  },
  get customer() {
    return { email: required("TEST_STORE_CUSTOMER_EMAIL"), password: required("TEST_STORE_CUSTOMER_PASSWORD") }
  },
  /** Database of the store, for what only rows can tell. */
  get databaseUrl() {
    return required("TEST_STORE_DATABASE_URL")
  },
}

async function call<Body>(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<StoreAnswer<Body>> {
  const text = typeof body === "string" ? body : body === undefined ? undefined : JSON.stringify(body)
  const answer = await fetch(store.url + path, { method, headers: { "content-type": "application/json", ...headers }, ...(text !== undefined && { body: text }) })
  const content = await answer.text()
  const json = answer.headers.get("content-type")?.includes("json") && content !== ""
  return { status: answer.status, body: (json ? JSON.parse(content) : content) as Body, headers: answer.headers }
}

async function token(actor: "user" | "customer", login: { email: string; password: string }): Promise<string> {
  const { status, body } = await call<{ token: string }>("POST", `/auth/${actor}/emailpass`, {}, login)
  if (status !== 200) throw new Error(`login of ${login.email} answered ${status}`)
  return body.token
}

/** The storefront's side: with the publishable key, logged in or not. */
export async function storefrontApi(login?: { email: string; password: string }) {
  const headers = { "x-publishable-api-key": store.publishableKey, ...(login && { authorization: `Bearer ${await token("customer", login)}` }) }
  return {
    get: <Body>(path: string) => call<Body>("GET", path, headers),
    post: <Body>(path: string, body: unknown) => call<Body>("POST", path, headers, body),
  }
}

/** The admin's side, logged in. */
export async function adminApi() {
  const headers = { authorization: `Bearer ${await token("user", store.admin)}` }
  return {
    get: <Body>(path: string) => call<Body>("GET", path, headers),
    post: <Body>(path: string, body: unknown) => call<Body>("POST", path, headers, body),
    delete: <Body>(path: string) => call<Body>("DELETE", path, headers),
  }
}

/** A call without any key or login. */
export const anonymously = <Body>(method: string, path: string, body?: unknown) => call<Body>(method, path, {}, body)
