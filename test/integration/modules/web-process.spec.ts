import { execFileSync } from "node:child_process"
import { join } from "node:path"

const BUILT = join(__dirname, "../../../.medusa/server")

/** Loads everything that Medusa's web process loads of the built plugin, in a process of its own, and answers the packages that came with it. */
function loadedPackages(): string[] {
  const script = `
    const { readdirSync } = require("node:fs"), { join } = require("node:path")
    const load = (folder) => readdirSync(folder, { withFileTypes: true }).forEach((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) load(path)
      else if (entry.name.endsWith(".js")) require(path)
    })
    for (const part of ["modules", "api", "subscribers", "policies"]) load(join(process.argv[1], "src", part))
    const packages = Object.keys(require.cache).map((path) => /node_modules\\/((@[^/]+\\/)?[^/]+)\\/(?!.*node_modules\\/)/.exec(path)?.[1])
    console.log(JSON.stringify([...new Set(packages.filter(Boolean))]))`
  return JSON.parse(execFileSync(process.execPath, ["-e", script, BUILT], { encoding: "utf8", maxBuffer: 1e7 })) as string[]
}

describe("the web process", () => {
  const packages = loadedPackages()

  it("loads the plugin's doors with the Temporal client and TypeORM", () => expect(packages).toEqual(expect.arrayContaining(["@temporalio/client", "typeorm", "@medusajs/framework"])))

  it("loads neither TensorFlow.js nor the Temporal worker", () => expect(packages.filter((name) => name.startsWith("@tensorflow/") || name === "@temporalio/worker")).toEqual([]))
})
