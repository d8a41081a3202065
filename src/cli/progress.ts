import { Presets, SingleBar } from "cli-progress"
import { say } from "./output"

/** Time between two lines where stderr is no terminal, ms. */
const LINE_MS = 10_000

/** Shows how far a step is: a bar with time left on a terminal, else a line every 10 s. All on stderr. */
export interface Progress {
  /** `done` of `total` in any unit; `text` says more. A total of 0: not known. */
  update(label: string, done: number, total: number, text?: string): void
  stop(): void
}

export function createProgress({ terminal = process.stderr.isTTY, now = () => Date.now(), write = say }: { terminal?: boolean; now?: () => number; write?: (text: string) => void } = {}): Progress {
  if (!terminal) {
    let told = now()
    let toldLabel = ""
    return {
      update(label, done, total, text = "") {
        if (label === toldLabel && now() - told < LINE_MS) return
        told = now()
        toldLabel = label
        const share = total > 0 ? ` ${Math.floor((100 * done) / total)}%` : ""
        write(`${label}${share}${text && ` ${text}`}`)
      },
      stop: () => undefined,
    }
  }
  const bar = new SingleBar(
    { stream: process.stderr, format: "{label} {bar} {percentage}% {text} | {eta_formatted} left", hideCursor: true, clearOnComplete: true, stopOnComplete: false, etaBuffer: 50 },
    Presets.shades_classic
  )
  let label = ""
  return {
    update(next, done, total, text = "") {
      if (next !== label) {
        if (label) bar.stop()
        label = next
        bar.start(Math.max(1, total), done, { label, text })
      }
      bar.setTotal(Math.max(1, total))
      bar.update(Math.min(done, Math.max(1, total)), { label, text })
    },
    stop() {
      if (label) bar.stop()
      label = ""
    },
  }
}
