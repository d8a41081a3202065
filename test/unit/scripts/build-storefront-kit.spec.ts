import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"

const ROOT = join(__dirname, "../../..")
const node = (cwd: string, ...args: string[]) => execFileSync(process.execPath, args, { cwd, encoding: "utf8", stdio: "pipe" })

describe("the built storefront kit, as a storefront finds it in node_modules", () => {
  let shop: string
  const file = (...path: string[]) => join(shop, "node_modules/medusa-plugin-foresight/.medusa/server", ...path)

  beforeAll(() => {
    shop = mkdtempSync(join(tmpdir(), "foresight-kit-"))
    mkdirSync(file(), { recursive: true })
    const { name, version, exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, unknown>
    writeFileSync(join(shop, "node_modules/medusa-plugin-foresight/package.json"), JSON.stringify({ name, version, exports }))
    for (const dependency of ["react", "react-dom", "@types"]) symlinkSync(join(ROOT, "node_modules", dependency), join(shop, "node_modules", dependency))
    node(ROOT, join(ROOT, "scripts/build-storefront-kit.mjs"), file())
  })
  afterAll(() => rmSync(shop, { recursive: true, force: true }))

  it("is a client of at most 4 kB gzipped that imports nothing", () => {
    const code = readFileSync(file("client/index.js"))
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(4096)
    expect(code.toString()).not.toMatch(/\b(import|require)\b/)
  })

  it("brings no React of its own and says that it belongs to the browser", () => {
    const code = readFileSync(file("react/index.js"), "utf8")
    expect(code.startsWith('"use client";')).toBe(true)
    expect([...new Set(Array.from(code.matchAll(/from\s*"([^"]+)"/g), ([, name]) => name))].sort()).toEqual(["react", "react/jsx-runtime"])
  })

  it("is imported by Node without a browser", () => {
    writeFileSync(join(shop, "server.mjs"), `
      import { createForesight } from "medusa-plugin-foresight/client"
      import { ForesightProvider } from "medusa-plugin-foresight/react"
      import { createElement } from "react"
      import { renderToString } from "react-dom/server"
      const foresight = createForesight({ baseUrl: "", publishableKey: "pk", consent: "granted" })
      foresight.track("view_cart")
      console.log(renderToString(createElement(ForesightProvider, { foresight }, "ok")))`)
    expect(node(shop, "server.mjs").trim()).toBe("ok")
  })

  it.each([
    ["ESNext", "bundler"],
    ["NodeNext", "NodeNext"],
  ])("has types under module %s, resolution %s: right uses pass, wrong ones are told", (module, moduleResolution) => {
    writeFileSync(join(shop, "shop.mts"), `
      import { createForesight } from "medusa-plugin-foresight/client"
      import { useRecommendations } from "medusa-plugin-foresight/react"
      const { track } = createForesight({ baseUrl: "", publishableKey: "pk" })
      track("view_cart")
      track("search", { search_term: "tea" })
      export const titles = () => useRecommendations({ limit: 3 }).data?.items.map(({ product }) => product?.title.length)
      // @ts-expect-error no words
      track("search")
      // @ts-expect-error no such event
      track("viewed", {})
      // @ts-expect-error no such field
      track("view_item", { items: [{ item_id: "prod_1", colour: "red" }] })
      // @ts-expect-error no such scenario
      useRecommendations({ scenario: "best" })`)
    // The guide's own examples have to compile as well.
    const guide = Array.from(readFileSync(join(ROOT, "docs/storefront.md"), "utf8").matchAll(/```tsx\n([\s\S]*?)```/g), ([, block]) => block ?? "")
    expect(guide.length).toBeGreaterThan(1)
    const pages = guide.map((block, index) => [`guide-${index}.tsx`, block] as const)
    for (const [name, block] of pages) writeFileSync(join(shop, name), block)
    writeFileSync(join(shop, "package.json"), JSON.stringify({ type: "module" }))
    writeFileSync(join(shop, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true, noEmit: true, module, moduleResolution, target: "ES2022", lib: ["ES2022", "DOM"], types: [], jsx: "react-jsx" }, files: ["shop.mts", ...pages.map(([name]) => name)] }))
    expect(() => node(shop, join(ROOT, "node_modules/typescript/bin/tsc"), "-p", shop)).not.toThrow()
  })
})
