import { randomBytes } from "node:crypto"
import { Client } from "pg"

export interface TestPostgres {
  /** Url of a new, empty database `foresight_test_<random>`. */
  createDatabase(): Promise<string>
  /** Drops the databases made here. */
  stop(): Promise<void>
}

/** Databases for one spec file, on the server that `test/run.mjs` started. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run these tests by "npm run test:modules"')
  const names: string[] = []
  const asAdmin = async (sql: string) => {
    const client = new Client({ connectionString: server })
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
      const url = new URL(server)
      url.pathname = `/${name}`
      return url.href
    },
    async stop() {
      for (const name of names) await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}
