import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

interface Lock {
  packages: Record<string, { version?: string; os?: string[]; cpu?: string[]; libc?: string[]; dev?: boolean; optional?: boolean; optionalDependencies?: Record<string, string> }>
}

const ROOT = join(__dirname, "../../..")
const SCRIPT = require.resolve("../../../scripts/complete-lock.mjs")
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Lock

describe("lock files", () => {
  // npm ci refuses a lock file that leaves one out, on every platform
  it.each(["package-lock.json", "demo/store/package-lock.json"])("%s names the optional packages of all platforms", (file) => {
    const { packages } = read(join(ROOT, file))
    const present = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)))
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.filter((name) => !present.has(name))).toEqual([])
  })
})

describe("complete-lock.mjs", () => {
  let folder: string
  const complete = (lock: Lock) => {
    const file = join(folder, "package-lock.json")
    writeFileSync(file, JSON.stringify(lock))
    execFileSync(process.execPath, [SCRIPT, file], { stdio: "pipe" })
    return read(file).packages
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "foresight-lock-"))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it("adds what is missing beside its parent, for the platform its name tells", () => {
    const packages = complete({
      packages: {
        "": {},
        "node_modules/roll": { version: "4.0.0", dev: true, optionalDependencies: { "@roll/roll-linux-x64-musl": "4.0.0", "@roll/roll-win32-ia32-msvc": "4.0.0", "@roll/roll-linux-x64-gnu": "4.0.0" } },
        "node_modules/@roll/roll-linux-x64-gnu": { version: "4.0.0", optional: true, os: ["linux"], cpu: ["x64"] },
      },
    })
    expect(packages["node_modules/@roll/roll-linux-x64-musl"]).toEqual({ version: "4.0.0", cpu: ["x64"], dev: true, libc: ["musl"], optional: true, os: ["linux"] })
    expect(packages["node_modules/@roll/roll-win32-ia32-msvc"]).toEqual({ version: "4.0.0", cpu: ["ia32"], dev: true, optional: true, os: ["win32"] })
    expect(packages["node_modules/@roll/roll-linux-x64-gnu"]).toEqual({ version: "4.0.0", optional: true, os: ["linux"], cpu: ["x64"] })
  })

  it("refuses to guess a version or a platform", () => {
    expect(() => complete({ packages: { "": {}, "node_modules/a": { version: "1.0.0", optionalDependencies: { "a-darwin-x64": "^1.0.0" } } } })).toThrow("a-darwin-x64@^1.0.0")
    expect(() => complete({ packages: { "": {}, "node_modules/a": { version: "1.0.0", optionalDependencies: { "a-native": "1.0.0" } } } })).toThrow("a-native@1.0.0")
  })
})
