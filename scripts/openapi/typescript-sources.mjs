// Lets a build script read the package's TypeScript as it stands, without a build before.
import { readFileSync } from "node:fs"
import { Module, createRequire } from "node:module"
import { transformSync } from "@swc/core"

/** @returns {NodeJS.Require} that also knows `.ts` files */
export function requireTypeScript() {
  const extensions = /** @type {Record<string, (module: { _compile(code: string, file: string): void }, file: string) => void>} */ (Reflect.get(Module, "_extensions"))
  extensions[".ts"] = (module, file) => {
    const { code } = transformSync(readFileSync(file, "utf8"), { filename: file, configFile: false, swcrc: false, jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } })
    module._compile(code, file)
  }
  return createRequire(import.meta.url)
}
