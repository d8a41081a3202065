#!/usr/bin/env node
// `node scripts/complete-lock.mjs package-lock.json demo/store/package-lock.json`
// npm leaves optional packages of other platforms out of a lock file when its registry does not serve them (a mirror that carries one platform),
// and `npm ci` then refuses the file everywhere. This adds them: exact versions stand in their parents, platform and processor in their names.
import { readFileSync, writeFileSync } from "node:fs"

const SYSTEMS = { darwin: "darwin", win32: "win32", linux: "linux", freebsd: "freebsd", openbsd: "openbsd", netbsd: "netbsd", android: "android", openharmony: "openharmony", sunos: "sunos", aix: "aix" }
const PROCESSORS = { x64: "x64", arm64: "arm64", arm: "arm", ia32: "ia32", ppc64: "ppc64", s390x: "s390x", riscv64: "riscv64", loong64: "loong64" }
const LIBRARIES = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" }

/** @param {string} name @returns {{ os: string[], cpu: string[], libc?: string[] } | null} where the package runs, as its name says */
function platformOf(name) {
  const words = name.split(/[-/]/)
  const find = (/** @type {Record<string, string>} */ known) => known[words.findLast((word) => word in known) ?? ""]
  const [os, cpu, libc] = [find(SYSTEMS), find(PROCESSORS), find(LIBRARIES)]
  return os && cpu ? { os: [os], cpu: [cpu], ...(os === "linux" && libc && { libc: [libc] }) } : null
}

for (const file of process.argv.slice(2)) {
  const lock = JSON.parse(readFileSync(file, "utf8"))
  const added = []
  for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const folder = path.slice(0, path.lastIndexOf("node_modules/") + "node_modules/".length)
      if (lock.packages[`${path}/node_modules/${name}`] || lock.packages[folder + name] || lock.packages[`node_modules/${name}`]) continue
      const platform = platformOf(name)
      if (!platform || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) throw new Error(`${file}: ${name}@${version} of ${path} is missing; expected an exact version and a name that tells its platform`)
      const { os, cpu, libc } = platform
      lock.packages[folder + name] = { version, cpu, ...(dev && { dev }), ...(libc && { libc }), optional: true, os }
      added.push(name)
    }
  }
  // the root's own entry, "", comes first
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => Number(b === "") - Number(a === "") || a.localeCompare(b, "en")))
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  process.stderr.write(`${file}: ${added.length} packages of other platforms added\n`)
}
