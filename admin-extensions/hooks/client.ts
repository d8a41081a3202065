import Medusa from "@medusajs/js-sdk"

/** Where the store answers; `typeof` keeps it alive where a build leaves the constant out. */
export const backendUrl = (typeof __BACKEND_URL__ === "undefined" ? undefined : __BACKEND_URL__) ?? "/"

/** Talks to the store as the dashboard does: same address, same way to log in. */
export const sdk = new Medusa({
  baseUrl: backendUrl,
  auth: {
    type: (typeof __AUTH_TYPE__ === "undefined" ? undefined : __AUTH_TYPE__) ?? "session",
    jwtTokenStorageKey: (typeof __JWT_TOKEN_STORAGE_KEY__ === "undefined" ? undefined : __JWT_TOKEN_STORAGE_KEY__) || undefined,
  },
})
