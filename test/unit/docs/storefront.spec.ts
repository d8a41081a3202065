import { readFileSync } from "node:fs"
import { join } from "node:path"

const read = (path: string) => readFileSync(join(__dirname, "../../..", path), "utf8")
const samples = ["README.md", "docs/storefront.md"].flatMap((path) =>
  Array.from(read(path).matchAll(/```tsx?\n([\s\S]*?)```/g), ([, code]) => code ?? "").filter((code) => code.includes("createForesight("))
)

describe("samples for a storefront to copy", () => {
  // a consent given there would decide for the visitor at each load: `anonymous` and `denied` remove the ids of the visit before
  it("leave `consent` out until the visitor has decided, and say so", () => {
    expect(samples).toHaveLength(3)
    for (const code of samples) {
      expect(code).not.toMatch(/createForesight\(\{[^}]*\bconsent\b\s*[:,}]/)
      expect(code).toContain("setConsent")
    }
  })

  it("say how events keep their customer over a login", () => expect(read("docs/storefront.md")).toMatch(/await foresight\.flush\(\)` before each login and logout/))
})
