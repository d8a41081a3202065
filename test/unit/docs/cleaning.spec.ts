import { readFileSync } from "node:fs"
import { join } from "node:path"
import { EXCLUSION_REASONS } from "../../../src/domain/events"

const page = readFileSync(join(__dirname, "../../../docs/cleaning.md"), "utf8")
const rows = page.split("\n").filter((line) => line.startsWith("| `"))

describe("docs/cleaning.md", () => {
  it.each(EXCLUSION_REASONS)("says when a line is set aside as %s", (reason) => expect(rows.filter((row) => row.split("|")[1]?.includes(`\`${reason}\``))).toHaveLength(1))
  it("names no reason that does not exist", () => {
    const named = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name))
    expect(named.sort()).toEqual([...EXCLUSION_REASONS].sort())
  })
})
