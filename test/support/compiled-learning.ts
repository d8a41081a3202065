import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { transformFileSync } from "@swc/core"

const ROOT = path.resolve(__dirname, "../..")

/** Compiles what threads run into a new folder: a thread cannot run TypeScript, and the package may not be built.
 * @returns that folder, which holds `domain` and `learning` as `src` does
 */
export function compileLearning(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "learning-"))
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"))
  for (const zone of ["domain", "learning"]) {
    for (const name of readdirSync(path.join(ROOT, "src", zone), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue
      const to = path.join(folder, zone, name.replace(/\.ts$/, ".js"))
      const { code } = transformFileSync(path.join(ROOT, "src", zone, name), {
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
      })
      mkdirSync(path.dirname(to), { recursive: true })
      writeFileSync(to, code)
    }
  }
  return folder
}
