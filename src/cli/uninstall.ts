import { createInterface } from "node:readline/promises"
import { dropSchema } from "../database/drop-schema"
import { ForesightError } from "../domain/errors"
import { readStoreConfig } from "../shop/store-config"
import { ForesightClient } from "../temporal/foresight-client"
import { removeSchedules } from "../temporal/schedules"
import { EXIT, print, printJson, say } from "./output"
import { databaseSettings } from "./store-connection"

export interface UninstallOptions {
  json: boolean
  data: boolean
  yes: boolean
}

/** Removes what the plugin left in Temporal and, with `--data`, its Postgres schema. */
export async function uninstall({ json, data, yes }: UninstallOptions): Promise<number> {
  const config = readStoreConfig(process.cwd())
  const { pathname, host } = new URL(config.databaseUrl)
  if (data && !yes) await confirm(`Drop the schema foresight of the database ${pathname.slice(1)} at ${host}, with all events, models and advice?`)
  const client = new ForesightClient({ temporal: config.options.temporal, shopId: config.shopId, callMs: 10_000 })
  try {
    await removeSchedules(client.client, client.ids)
    await client.stopCounting()
  } finally {
    await client.close()
  }
  if (data) await dropSchema(databaseSettings(config))
  if (json) printJson({ schedules_removed: true, data_removed: data })
  else print(data ? "schedules and the schema foresight are gone" : "the schedules are gone; the data stays (\"--data\" removes it)")
  say("take the plugin out of medusa-config and run \"npm uninstall medusa-plugin-foresight\" to finish")
  return EXIT.done
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new ForesightError("invalid_options", "--data removes everything that was learned; add --yes where nobody can be asked")
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question(`${question} Type "yes": `)
    if (answer.trim() !== "yes") throw new ForesightError("canceled", "nothing was removed")
  } finally {
    lines.close()
  }
}
