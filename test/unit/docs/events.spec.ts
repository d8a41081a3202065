import { readFileSync } from "node:fs"
import { join } from "node:path"
import { EVENT_NAMES, EVENT_WEIGHTS, StorefrontEvent } from "../../../src/domain/events"

const page = readFileSync(join(__dirname, "../../../docs/events.md"), "utf8")
/** Cells of the table rows whose first cell is one `name`. */
const rows = new Map(
  page
    .split("\n")
    .flatMap((line) => (/^\| `[a-z_]+` \|/.test(line) ? [line.split("|").slice(1, -1).map((cell) => cell.trim())] : []))
    .map((cells) => [cells[0]?.slice(1, -1) ?? "", cells] as const)
    .reverse() // the first table wins
)

describe("docs/events.md", () => {
  it.each(EVENT_NAMES)("lists %s with its source, meaning, weight and effect", (name) => {
    const [, source, says, weight, effect] = rows.get(name) ?? []
    expect(Number(weight)).toBe(EVENT_WEIGHTS[name])
    expect([source, says, effect].every(Boolean)).toBe(true)
  })

  it.each(Object.keys(StorefrontEvent.shape))("says what the field %s means", (field) => expect(page).toMatch(new RegExp(`^\\| [^|]*\`${field}\``, "m")))

  it("names every name a browser may send in docs/api.md", () => {
    const api = readFileSync(join(__dirname, "../../../docs/api.md"), "utf8")
    const listed = /^\| `name` \| `([a-z_ ]+)` \|$/m.exec(api)?.[1]?.split(" ")
    expect(listed).toEqual(EVENT_NAMES.filter((name) => name !== "purchase" && name !== "refund"))
  })
})
