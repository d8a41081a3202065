import { say } from "./output"

/** Ctrl-C and SIGTERM while something is worked out here: asks it to stop at its next step; the second time ends the process at once. */
export function stopOnInterrupt(what: string): { shouldStop: () => boolean; dispose: () => void } {
  let stopped = false
  const handler = () => {
    if (stopped) process.exit(1)
    stopped = true
    say(`stopping ${what} after this step; once more ends it at once`)
  }
  const signals = ["SIGINT", "SIGTERM"] as const
  for (const signal of signals) process.on(signal, handler)
  return { shouldStop: () => stopped, dispose: () => signals.forEach((signal) => process.removeListener(signal, handler)) }
}
