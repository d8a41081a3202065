import { readFileSync } from "node:fs"
import { join } from "node:path"
import { BOOSTED_MODEL } from "../../../src/domain/demand/boosted/boosted-model"
import { NAMED_MODELS } from "../../../src/domain/demand/registry"
import { NET_NAMES } from "../../../src/learning/nets/net-names"

const page = (name: string) => readFileSync(join(__dirname, "../../../docs/models", name), "utf8")
const index = page("README.md")
/** Where the index sends who looks for a model: the section of that name, else the whole page. */
function target(name: string): string {
  const [, file = "", anchor] = new RegExp(`\\[\`${name}\`\\]\\(([\\w-]+\\.md)(?:#([\\w-]+))?\\)`).exec(index) ?? []
  if (!anchor) return file && page(file)
  return page(file).split(/^#+ /m).find((section) => section.startsWith(`\`${anchor}\``)) ?? ""
}

describe("docs/models", () => {
  it.each([...NAMED_MODELS.map(({ name }) => name), ...NET_NAMES, BOOSTED_MODEL])("leads from the index to data, backtest and known weakness of %s", (name) => {
    const text = target(name)
    for (const part of ["Data", "Backtest", "Known weakness"]) expect(text).toContain(part)
  })
})
