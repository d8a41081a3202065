import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { transformFileSync } from "@swc/core"

const ROOT = path.resolve(__dirname, "../..")

/** Compiles the thread of boosted trees and all it imports into a new folder: a thread cannot run TypeScript, and the package may not be built.
 * @returns path of the compiled entry
 */
export function compileBoostingWorker(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "boosting-worker-"))
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"))
  const boosting = readdirSync(path.join(ROOT, "src/domain/boosting")).map((name) => `domain/boosting/${name}`)
  for (const name of [
    "domain/random.ts",
    "domain/errors.ts",
    "domain/model-bytes.ts",
    "learning/boosting-messages.ts",
    "learning/boosting-worker.ts",
    ...boosting,
  ]) {
    const { code } = transformFileSync(path.join(ROOT, "src", name), {
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    })
    const to = path.join(folder, name.replace(/\.ts$/, ".js"))
    mkdirSync(path.dirname(to), { recursive: true })
    writeFileSync(to, code)
  }
  return path.join(folder, "learning/boosting-worker.js")
}
