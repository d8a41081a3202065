import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readStoreConfig } from "../../../src/shop/store-config"

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "foresight-test-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const store = (config: string) => {
  writeFileSync(join(folder, "medusa-config.js"), `module.exports = ${config}`)
  return () => readStoreConfig(folder, { TEMPORAL_ADDRESS: "temporal:7233" })
}
const DATABASE = 'projectConfig: { databaseUrl: "postgres://localhost/shop" }'

describe("readStoreConfig()", () => {
  it("takes options and database from the store's config, the rest from the environment", () => {
    const config = store(`{ ${DATABASE}, plugins: ["other", { resolve: "medusa-plugin-foresight", options: { leadTimeDays: 30 } }] }`)()
    expect(config).toMatchObject({ shopId: "shop", databaseUrl: "postgres://localhost/shop", options: { leadTimeDays: 30, reviewDays: 7, temporal: { address: "temporal:7233" } } })
  })

  it("knows the plugin by its folder too", () => {
    const plugin = mkdtempSync(join(folder, "plugin-"))
    writeFileSync(join(plugin, "package.json"), '{ "name": "medusa-plugin-foresight" }')
    expect(store(`{ ${DATABASE}, plugins: [{ resolve: ${JSON.stringify(plugin)}, options: { timezone: "Europe/Berlin" } }] }`)().options.timezone).toBe("Europe/Berlin")
  })

  it("takes the plugin's own database where one is given", () =>
    expect(store(`{ ${DATABASE}, plugins: [{ resolve: "medusa-plugin-foresight", options: { databaseUrl: "postgres://localhost/own" } }] }`)()).toMatchObject({ databaseUrl: "postgres://localhost/own", shopId: "own" }))

  it("says that a folder is no store", () => expect(() => readStoreConfig(folder)).toThrow("is no Medusa store"))
  it("says how to list the plugin", () => expect(store(`{ ${DATABASE} }`)).toThrow('expected plugins: [{ resolve: "medusa-plugin-foresight"'))
  it("names a wrong option", () => expect(store(`{ ${DATABASE}, plugins: [{ resolve: "medusa-plugin-foresight", options: { serviceLevel: 2 } }] }`)).toThrow("serviceLevel is 2"))
  it("says that there is no database", () => expect(store('{ plugins: ["medusa-plugin-foresight"] }')).toThrow("has no projectConfig.databaseUrl"))
})
