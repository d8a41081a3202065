import { ForesightError } from "../domain/errors"
import { readStoreConfig } from "../shop/store-config"
import { createLogger } from "../worker/logger"
import { runWorker } from "../worker/main"
import { EXIT } from "./output"

const ROLES = ["light", "training"] as const

export interface WorkerOptions {
  local: boolean
  healthPort: number
  queues: string
}

/** Works until SIGTERM or Ctrl-C, then finishes what it holds; a second signal ends it at once. */
export async function worker({ local, healthPort, queues }: WorkerOptions): Promise<number> {
  const roles = queues.split(",").map((name) => {
    const role = ROLES.find((one) => one === name.trim())
    if (!role) throw new ForesightError("invalid_options", `--queues names ${JSON.stringify(name)}; expected light, training or both with a comma`)
    return role
  })
  const config = readStoreConfig(process.cwd())
  const log = createLogger()
  const stop = new AbortController()
  const onSignal = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(EXIT.failed)
    log.info({ signal }, "draining; a second signal ends at once")
    stop.abort()
  }
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal)
  try {
    await runWorker({ config, log, local, healthPort, roles, signal: stop.signal })
    return EXIT.done
  } finally {
    process.removeListener("SIGTERM", onSignal).removeListener("SIGINT", onSignal)
  }
}
