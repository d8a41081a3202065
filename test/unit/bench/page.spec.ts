import { join } from "node:path"
import { callModule } from "../../support/call-module"

const PAGE = join(__dirname, "../../bench/page.mjs")
const updatePage = (before: string, parts: Record<string, string>) => callModule<string>(PAGE, "updatePage", before, parts)
const partOf = (page: string, name: string) => callModule<string | null>(PAGE, "partOf", page, name)

describe("docs/benchmarks.md", () => {
  it("holds every bench from the start and says which was not measured", () => {
    const page = updatePage("", { import: "first" })
    expect(partOf(page, "import")).toBe("first")
    expect(partOf(page, "cycle")).toBe("_Not measured yet._")
    expect(partOf(page, "recommend-http")).toBe("_Not measured yet._")
  })
  it("changes only the part that was measured", () => {
    const before = updatePage("", { import: "17,000 lines", cycle: "| a | b |\n|---|---|" })
    const after = updatePage(before, { import: "18,000 lines" })
    expect(after).toBe(before.replace("17,000 lines", "18,000 lines"))
  })
  it("keeps a part as it was when it is measured to the same", () => {
    const before = updatePage("", { import: "first" })
    expect(updatePage(before, { import: "first" })).toBe(before)
  })
  it("lays tables out with the first column left and the others right", () => {
    expect(callModule<string>(PAGE, "table", ["a", "b"], [["x|y", "1"]])).toBe("| a | b |\n|---|---:|\n| x\\|y | 1 |")
  })
})
