import { once } from "node:events"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { SHARE_ENV, Worker } from "node:worker_threads"
import type { StoreConfig } from "../shop/store-config"

/** What a command needs to know of its store; Medusa's own part stays in the thread. */
export type ConnectionConfig = Omit<StoreConfig, "medusa">

/** Reads the store's configuration in a thread of its own, so that the command's code is loaded meanwhile: `medusa-config` brings some 3,000 files of Medusa.
 * @param threadPath Where the compiled thread lies; absent where this file runs as TypeScript.
 * @returns `null` where a thread cannot read it, for whatever reason: the caller reads it in its own thread and meets the error, if it is one, there. */
export async function readStoreConfigAside(directory: string, threadPath = join(__dirname, "store-config-thread.js")): Promise<ConnectionConfig | null> {
  if (!existsSync(threadPath)) return null
  // shared: what the configuration or a .env sets in the environment is meant for this process
  const thread = new Worker(threadPath, { workerData: directory, env: SHARE_ENV })
  const ended = once(thread, "exit").then(() => [null])
  try {
    const [config] = (await Promise.race([once(thread, "message"), ended])) as [ConnectionConfig | null]
    return config
  } catch {
    return null
  } finally {
    await thread.terminate()
  }
}
