import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { z } from "zod"
import { callModule } from "../support/call-module"

const ROOT = join(__dirname, "../..")
const API = join(ROOT, "src/api")

type Json = { [key: string]: unknown }
interface Operation {
  operationId: string
  summary: string
  parameters?: { name: string; in: string; required: boolean; schema: Json }[]
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}
const file = callModule<{ openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Json> } }>(
  join(ROOT, "scripts/build-openapi.mjs"),
  "openapiDocument"
)
const operations = Object.entries(file.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })))

/** Medusa's routes as the files of `src/api` say: a folder is a part of the path, `[id]` a parameter. */
const routes = readdirSync(API, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("route.ts"))
  .flatMap((name) => {
    const methods = [...readFileSync(join(API, name), "utf8").matchAll(/^export (?:const|async function) (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(([, method]) => method)
    return methods.map((method) => `${method} /${dirname(name).replaceAll("\\", "/").replace(/\[(\w+)\]/g, "{$1}")}`)
  })

/** What `middlewares.ts` checks of each route: the names of its schemas. */
const middlewares = readFileSync(join(API, "middlewares.ts"), "utf8")
const schemas = new Map<string, z.ZodType>()
for (const [, names = "", from = ""] of middlewares.matchAll(/import \{([^}]+)\} from "(\.[^"]+)"/g)) {
  const module = jest.requireActual<Record<string, z.ZodType>>(join(API, from))
  for (const name of names.split(",").map((one) => one.trim()).filter(Boolean)) if (module[name]) schemas.set(name, module[name])
}
const checked = [...middlewares.matchAll(/\{ matcher: "([^"*]+)", methods: \["(\w+)"\][^\n]*\b(query|body)\((\w+)\)/g)].map(([, path = "", method, kind, schema = ""]) => ({
  name: `${method} ${path.replace(/:(\w+)/g, "{$1}")}`,
  kind,
  schema,
}))

/** All objects and lists in a document, depth first. */
function* walk(node: unknown): Generator<Json> {
  if (typeof node !== "object" || node === null) return
  if (!Array.isArray(node)) yield node as Json
  for (const child of Object.values(node)) yield* walk(child)
}

describe("the OpenAPI file", () => {
  it("has an entry for every route, and for nothing else", () => expect(operations.map(({ name }) => name).sort()).toEqual([...routes].sort()))

  it("finds the checks of the middlewares", () => {
    expect(checked.length).toBeGreaterThan(15)
    expect(checked.filter(({ schema }) => !schemas.has(schema))).toEqual([])
  })

  it.each(checked)("describes what the middleware of $name checks: $schema", ({ name, kind, schema }) => {
    const operation = operations.find((one) => one.name === name)?.operation
    const fields = (described: Json) => Object.keys(described.properties ?? {}).sort()
    const expected = fields(z.toJSONSchema(schemas.get(schema)!, { io: "input", unrepresentable: "any" }))
    expect(expected.length).toBeGreaterThan(0)
    const told = kind === "body" ? fields(operation?.requestBody?.content["application/json"]?.schema ?? {}) : (operation?.parameters ?? []).filter((one) => one.in === "query").map((one) => one.name).sort()
    expect(told).toEqual(expected)
  })

  it("refers only to what it holds, and holds nothing unreferred", () => {
    const refs = [...walk(file)].flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []))
    const names = Object.keys(file.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(refs.filter((ref) => !names.includes(ref))).toEqual([])
    expect(names.filter((name) => !refs.includes(name))).toEqual([])
  })

  it.each(operations)("$name says everything a client needs", ({ path, operation }) => {
    expect(operation.summary).toMatch(/^[A-Z]/)
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path").map(({ name }) => name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    for (const { schema, required, in: place } of operation.parameters ?? []) {
      expect(Object.keys(schema).some((key) => ["type", "enum", "const", "anyOf"].includes(key))).toBe(true)
      if (place === "path") expect(required).toBe(true)
    }
    const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"))
    expect(successes.length).toBeGreaterThan(0)
    for (const [, { content }] of successes) {
      const contents = Object.values(content ?? {})
      expect(contents.length).toBeGreaterThan(0)
      for (const { schema } of contents) expect(Object.keys(schema).length).toBeGreaterThan(0)
    }
    for (const refusal of Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status))) {
      expect(refusal[1].content?.["application/json"]?.schema).toEqual({ $ref: "#/components/schemas/Error" })
    }
    expect(Object.keys(operation.responses)).toContain("503")
  })

  const operation = (name: string) => operations.find((one) => one.name === name)!.operation

  it("wants a body only where the route does, and says what is checked of a path", () => {
    expect(operation("POST /admin/foresight/backfill").requestBody?.required).toBe(false)
    expect(operation("POST /admin/foresight/settings/rates").requestBody?.required).toBe(true)
    const restore = operation("POST /admin/foresight/data/excluded/{day}/{eventId}/restore")
    expect(restore.parameters?.map(({ schema }) => schema.format ?? schema.maxLength)).toEqual(["date", 512])
    expect(Object.keys(restore.responses)).toContain("400")
  })

  it("says which fields of a restore go together, and leaves patterns to what every reader takes", () => {
    const { oneOf } = operation("POST /admin/foresight/data/excluded/restore").requestBody!.content["application/json"]!.schema
    expect(oneOf).toEqual([{ required: ["lines"] }, { anyOf: [{ required: ["reason"] }, { required: ["import_id"] }] }])
    const patterns = [...walk(file)].flatMap(({ pattern }) => (typeof pattern === "string" ? [pattern] : []))
    expect(patterns).toContain("^[^\\u0000]*$")
    expect(patterns.filter((pattern) => pattern.includes("\\ud800"))).toEqual([])
    expect([...walk(file)].filter(({ format }) => format === "email")).toEqual([])
  })

  it("names each operation once", () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it("gives every property of every answer a shape", () => {
    const untyped = Object.entries(file.components.schemas).flatMap(([name, schema]) =>
      [...walk(schema)].flatMap(({ properties }) => Object.entries((properties ?? {}) as Record<string, Json>).flatMap(([property, of]) => (Object.keys(of).every((key) => key === "description") ? [`${name}.${property}`] : [])))
    )
    expect(untyped).toEqual(["ModelAnswer.backtest"]) // differs by kind of model, see docs/models
  })

  it("is exported by the package under the name that it is built to", () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: Record<string, unknown> }
    expect(exports["./openapi.json"]).toBe("./.medusa/server/openapi.json")
    expect(readFileSync(join(ROOT, "scripts/build.mjs"), "utf8")).toContain('join(out, "openapi.json")')
  })
})
