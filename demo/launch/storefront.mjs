// A customer's browser, as far as HTTP goes: Medusa's store API with the publishable key.
import { LaunchError } from "./steps.mjs"

/**
 * @typedef {object} Storefront
 * @property {<T>(method: string, path: string, body?: unknown, token?: string) => Promise<T>} call
 * @property {(email: string, password: string) => Promise<string>} login a customer's token
 */

/**
 * @param {string} url
 * @param {string} publishableKey
 * @returns {Storefront}
 */
export function storefront(url, publishableKey) {
  /** @param {string} method @param {string} path @param {unknown} [body] @param {string} [token] */
  async function call(method, path, body, token) {
    const answer = await fetch(url + path, {
      method,
      headers: { "content-type": "application/json", "x-publishable-api-key": publishableKey, ...(token && { authorization: `Bearer ${token}` }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    })
    const text = await answer.text()
    if (!answer.ok) throw new LaunchError(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`)
    return text ? JSON.parse(text) : null
  }
  return {
    call,
    async login(email, password) {
      const { token } = await call("POST", "/auth/customer/emailpass", { email, password })
      return token
    },
  }
}

/**
 * The admin API with a logged-in user.
 * @param {string} url
 * @param {{ email: string, password: string }} user
 */
export async function adminApi(url, user) {
  const login = await fetch(`${url}/auth/user/emailpass`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(user) })
  if (!login.ok) throw new LaunchError(`the admin could not log in: ${login.status} ${await login.text()}`)
  const { token } = /** @type {{ token: string }} */ (await login.json())
  return {
    /** @param {string} method @param {string} path @param {unknown} [body] */
    async call(method, path, body) {
      const answer = await fetch(url + path, {
        method,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(60_000),
      })
      const text = await answer.text()
      if (!answer.ok) throw new LaunchError(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`)
      return text ? JSON.parse(text) : null
    },
  }
}
/** @typedef {Awaited<ReturnType<typeof adminApi>>} AdminApi */
