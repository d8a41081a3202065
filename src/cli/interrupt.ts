import { createInterface } from "node:readline/promises"
import { say } from "./output"

export interface Interrupt {
  /** True once the user left; the work itself goes on. */
  readonly left: boolean
  dispose(): void
}

/** Ctrl-C while following work in Temporal: on a terminal asks whether to cancel the work or leave it running, else leaves it running. */
export function onInterrupt({ what, cancel, terminal = Boolean(process.stdin.isTTY && process.stderr.isTTY) }: { what: string; cancel: () => Promise<unknown>; terminal?: boolean }): Interrupt {
  const state = { left: false, asking: false }
  const leave = () => {
    state.left = true
    say(`${what} goes on without this command`)
  }
  const ask = async () => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    try {
      const answer = (await lines.question(`\nCancel ${what} (c) or leave it running (l)? `)).trim().toLowerCase()
      if (answer.startsWith("c")) {
        await cancel()
        say(`asked ${what} to stop`)
      } else leave()
    } finally {
      lines.close()
      state.asking = false
    }
  }
  const handler = () => {
    if (!terminal || state.asking) return leave()
    state.asking = true
    ask().catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error))
      leave()
    })
  }
  process.on("SIGINT", handler)
  return {
    get left() {
      return state.left
    },
    dispose: () => void process.removeListener("SIGINT", handler),
  }
}
