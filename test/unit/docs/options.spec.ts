import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ForesightOptions, parseOptions } from "../../../src/options"

const page = readFileSync(join(__dirname, "../../../docs/options.md"), "utf8")
const rows = new Map(
  page
    .split("\n")
    .map((line) => /^\| `([^`]+)` \| (.*?) \| (.*) \|$/.exec(line))
    .flatMap((match) => (match ? [[match[1]!, match[2]!] as const] : []))
)
const names = Object.keys(ForesightOptions.shape).flatMap((name) => {
  const value: unknown = Object.entries(parseOptions({})).find(([known]) => known === name)?.[1]
  return typeof value === "object" && value !== null ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name]
})

describe("docs/options.md", () => {
  it.each(names)("lists %s with its default", (name) => {
    const value = name.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], parseOptions({}))
    expect(rows.get(name)).toBe(value === undefined ? "–" : `\`${JSON.stringify(value)}\``)
  })

  it("lists nothing that is no option", () => expect([...rows.keys()].filter((name) => !names.includes(name) && name !== "temporal.apiKey")).toEqual([]))
})
