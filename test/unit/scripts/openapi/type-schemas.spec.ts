import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { callModule } from "../../../support/call-module"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foresight-types-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

const schemasOf = (source: string, ...names: string[]) => {
  const file = join(folder, "answers.ts")
  writeFileSync(file, source)
  return callModule<Record<string, unknown>>(join(__dirname, "../../../../scripts/openapi/type-schemas.mjs"), "typeSchemas", file, names)
}

describe("typeSchemas()", () => {
  it("describes what an answer may hold", () => {
    const source = `
      type Kind = "a" | "b"
      export interface Answer {
        /** Its name. */
        name: string | null
        kind: Kind
        flag?: boolean
        one: 1
        list: readonly number[][]
        counts: Record<string, number>
        own: { [name in "x" | "y"]: number }
        anything: unknown
      }`
    expect(schemasOf(source, "Answer")).toEqual({
      Answer: {
        type: "object",
        properties: {
          name: { description: "Its name.", anyOf: [{ type: "null" }, { type: "string" }] },
          kind: { enum: ["a", "b"] },
          flag: { type: "boolean" },
          one: { const: 1 },
          list: { type: "array", items: { type: "array", items: { type: "number" } } },
          counts: { type: "object", additionalProperties: { type: "number" } },
          own: { type: "object", properties: { x: { type: "number" }, y: { type: "number" } }, required: ["x", "y"] },
          anything: {},
        },
        required: ["name", "kind", "one", "list", "counts", "own", "anything"],
      },
    })
  })

  it("refers to other exported types, also to itself", () => {
    const source = "export type Status = 'on' | 'off'\nexport interface Node { status: Status; children: Node[]; parent: Node | null }"
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
    expect(schemasOf(source, "Node")).toEqual({
      Node: { type: "object", properties: { status: ref("Status"), children: { type: "array", items: ref("Node") }, parent: { anyOf: [{ type: "null" }, ref("Node")] } }, required: ["status", "children", "parent"] },
      Status: { enum: ["on", "off"] },
    })
  })

  it("says which type is missing", () => expect(() => schemasOf("export interface A { a: 1 }", "B")).toThrow("exports no type B"))
})
