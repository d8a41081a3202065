import { EXIT, say } from "./output"

/** Ctrl-C and SIGTERM while something is worked out here: asks it to stop at its next step; the second time ends the process at once.
 * @param cleanUp Removes what is half done; runs to its end before the process does. */
export function stopOnInterrupt(what: string, cleanUp: () => void = () => undefined): { shouldStop: () => boolean; dispose: () => void } {
  let stopped = false
  const handler = () => {
    if (stopped) return endNow(cleanUp)
    stopped = true
    say(`stopping ${what} after this step; once more ends it at once`)
  }
  const signals = ["SIGINT", "SIGTERM"] as const
  for (const signal of signals) process.on(signal, handler)
  return { shouldStop: () => stopped, dispose: () => signals.forEach((signal) => process.removeListener(signal, handler)) }
}

function endNow(cleanUp: () => void): void {
  try {
    cleanUp()
  } finally {
    process.exit(EXIT.failed)
  }
}
