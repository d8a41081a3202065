// The OpenAPI file of all routes. Requests are described by the zod schemas that check them, answers by their TypeScript types.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { z } from "zod"
import { requireTypeScript } from "./openapi/typescript-sources.mjs"
import { typeSchemas } from "./openapi/type-schemas.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const ANSWERS = join(root, "src/api/answers.ts")

/** @typedef {import("../src/api/openapi/route-description.js").RouteDescription} RouteDescription */

const REFUSALS = {
  400: "Refused: the message names the field and what was expected, or why it is not possible as things stand",
  401: "Nobody is logged in",
  404: "There is no such thing",
  413: "Too many bytes",
  429: "Too many for now",
  503: "The database or Temporal is away for now",
}
const LATER = new Set(["429", "503"])

/** Half of a character (a lone surrogate) cannot be spelled in JSON's UTF-8, and few readers of patterns take one. */
const HALF_CHARACTERS = "\\ud800-\\udfff"
/**
 * An address is checked by its pattern; the format's own definition refuses some of those.
 * @param {{ jsonSchema: any }} one
 */
function forReaders({ jsonSchema }) {
  if (jsonSchema.format === "email" && jsonSchema.pattern) delete jsonSchema.format
  if (jsonSchema.pattern) jsonSchema.pattern = jsonSchema.pattern.replace(HALF_CHARACTERS, "")
}
/** @param {import("zod").ZodType} schema @returns {any} of what is sent, before defaults and transformations */
const sent = (schema) => {
  const { $schema, "~standard": _, ...described } = /** @type {any} */ (z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: forReaders }))
  return described
}
const json = (/** @type {unknown} */ schema) => ({ "application/json": { schema } })

/** @param {RouteDescription} route */
function parametersOf({ path, params, query }) {
  const { properties: checked = {} } = params ? sent(params) : {}
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: "path", required: true, schema: checked[String(name)] ?? { type: "string" } }))
  const { properties = {}, required = [] } = query ? sent(query) : {}
  const inQuery = Object.entries(properties).map(([name, { description, ...schema }]) => ({ name, in: "query", required: required.includes(name), ...(description && { description }), schema }))
  return [...inPath, ...inQuery]
}

/** @param {RouteDescription["answer"]} answer */
const answerSchema = (answer) => {
  const refer = (/** @type {string} */ name) => (name === "number" ? { type: name } : { $ref: `#/components/schemas/${name}` })
  if (typeof answer === "string") return refer(answer)
  const names = Object.keys(answer ?? {})
  return { type: "object", properties: Object.fromEntries(Object.entries(answer ?? {}).map(([key, name]) => [key, refer(name)])), required: names }
}

/** @param {RouteDescription} route */
function operationOf(route) {
  const { method, path, params, summary, query, body, upload, status = 200, answer, otherwise, files = [], refusals = [] } = route
  const isAdmin = path.startsWith("/admin/")
  const parameters = parametersOf(route)
  const statuses = new Set([...refusals, ...(params || query || body || upload || !isAdmin ? [400] : []), ...(isAdmin ? [401] : []), ...(path.includes(":") ? [404] : []), 503])
  const refused = (/** @type {string} */ code) => ({
    description: REFUSALS[/** @type {keyof typeof REFUSALS} */ (Number(code))],
    ...(LATER.has(code) && { headers: { "Retry-After": { description: "Seconds", schema: { type: "integer" } } } }),
    content: json({ $ref: "#/components/schemas/Error" }),
  })
  const words = path.replace("/foresight", "").split(/[/:-]/).filter(Boolean)
  return {
    operationId: [method.toLowerCase(), ...words].map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(""),
    summary,
    tags: [isAdmin ? "admin" : "store"],
    security: isAdmin ? [{ bearer: [] }, { session: [] }, { secretKey: [] }] : [{ publishableKey: [] }, { publishableKey: [], bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: !body.safeParse({}).success, content: json(sent(body)) } }),
    ...(upload && { requestBody: { required: true, content: Object.fromEntries(upload.map((type) => [type, { schema: { type: "string", contentMediaType: type } }])) } }),
    responses: {
      [status]: { description: summary, content: { ...(answer && json(answerSchema(answer))), ...Object.fromEntries(files.map((type) => [type, { schema: { type: "string" } }])) } },
      ...(otherwise && { 200: { description: summary, content: json(answerSchema(otherwise)) } }),
      ...Object.fromEntries([...statuses].sort().map((code) => [code, refused(String(code))])),
    },
  }
}

/** @returns {Record<string, unknown>} the whole document */
export function openapiDocument() {
  const require = requireTypeScript()
  /** @type {RouteDescription[]} */
  const routes = [...require(join(root, "src/api/openapi/store-routes.ts")).STORE_ROUTES, ...require(join(root, "src/api/openapi/admin-routes.ts")).ADMIN_ROUTES]
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  /** @type {Record<string, Record<string, unknown>>} */
  const paths = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}")
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  const names = routes.flatMap(({ answer, otherwise = {} }) => [...(typeof answer === "string" ? [answer] : Object.values(answer ?? {})), ...Object.values(otherwise)])
  const error = { type: "object", properties: { type: { type: "string" }, message: { type: "string" } }, required: ["type", "message"] }
  return {
    openapi: "3.1.0",
    info: { title: "medusa-plugin-foresight", version, description: "Events, recommendations, forecasts and reorder advice of a Medusa store.", license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: "http://localhost:9000", description: "the store" }],
    tags: [{ name: "store", description: "for the storefront, with a publishable key" }, { name: "admin", description: "for logged-in users and secret keys" }],
    paths,
    components: {
      schemas: { Error: error, ...typeSchemas(ANSWERS, names.filter((name) => name !== "number")) },
      securitySchemes: {
        publishableKey: { type: "apiKey", in: "header", name: "x-publishable-api-key" },
        bearer: { type: "http", scheme: "bearer", description: "token of a customer (store) or a user (admin)" },
        session: { type: "apiKey", in: "cookie", name: "connect.sid" },
        secretKey: { type: "http", scheme: "basic", description: "a secret API key as the name, no password" },
      },
    },
  }
}
