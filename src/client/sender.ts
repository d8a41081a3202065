import { byteLength } from "./event-queue"
import type { createEventQueue } from "./event-queue"
import type { TrackedEvent } from "./events"
import { backoffMs, retryAfterMs } from "./retry-delay"

/** What went wrong with events; the shop's page goes on. */
export interface ForesightProblem {
  /**
   * `rejected`: the server took the batch but not this event. `set_aside`: it keeps the event without counting it, for a clock that is wrong.
   * `refused`: it will never take this batch. `retrying`: it could not take it now, the events wait.
   * `dropped`: the queue was full, or the event is too large to send. `token`: `getToken` failed or took too long; the batch went without a customer.
   */
  code: "rejected" | "set_aside" | "refused" | "retrying" | "dropped" | "token"
  message: string
  events: TrackedEvent[]
  /** HTTP status, where there was an answer. */
  status?: number
  /** Path inside the event, e.g. `items.0.item_id`, of `rejected`. */
  field?: string
}

/** The server's answer to a batch, as far as it matters here. */
interface BatchAnswer {
  rejected?: { index: number; field: string; message: string }[]
  set_aside?: { index: number; message: string }[]
  message?: string
}

/** Browsers let go of 64 KiB at most once a page is gone, all its requests together; some are left to others. */
const MAX_BODY_BYTES = 60_000
/** Larger than any event that the server takes; leaves room for the envelope. */
export const MAX_EVENT_BYTES = 59_000
/** A request that hangs must not hold up the others for longer; ms. */
const TIMEOUT_MS = 15_000

interface SenderWiring {
  queue: ReturnType<typeof createEventQueue>
  post: (body: string, init: RequestInit) => Promise<Response>
  report: (problem: ForesightProblem) => void
  /** Whether the visitor lets anything be sent now. */
  maySend: () => boolean
  batchSize: number
  flushAfterMs: number
}

/** Sends the queue: one request at a time, in order, again and again until the server has it or says that it never will. */
export function createSender({ queue, post, report, maySend, batchSize, flushAfterMs }: SenderWiring) {
  const inFlight = new Set<string>()
  let bytesInFlight = 0
  let failures = 0
  let silentUntil = 0
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const wakeIn = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void flush()
    }, ms)
  }

  function tryLater(batch: TrackedEvent[], message: string, answer?: Response): false {
    const asked = retryAfterMs(answer?.headers.get("retry-after") ?? null, Date.now())
    silentUntil = Date.now() + asked
    wakeIn(asked + backoffMs(failures++, Math.random()))
    report({ code: "retrying", message, events: batch, ...(answer && { status: answer.status }) })
    return false
  }

  /** @returns whether the batch is settled, so that the next one may go */
  async function settle(batch: TrackedEvent[], answer: Response): Promise<boolean> {
    const { status } = answer
    const { rejected = [], set_aside = [], message = `HTTP ${status}` } = ((await answer.json().catch(() => null)) ?? {}) as BatchAnswer
    if (status >= 500 || status === 429 || status === 408) return tryLater(batch, message, answer)
    failures = 0
    queue.remove(batch)
    if (!answer.ok) report({ code: "refused", message, status, events: batch })
    for (const { index, field, message } of rejected) report({ code: "rejected", message, field, status, events: batch.slice(index, index + 1) })
    for (const { index, message } of set_aside) report({ code: "set_aside", message, status, events: batch.slice(index, index + 1) })
    return true
  }

  async function sendOne(): Promise<boolean> {
    if (!maySend() || Date.now() < silentUntil) return false
    const batch = queue.take(batchSize, MAX_BODY_BYTES - bytesInFlight, inFlight)
    if (batch.length === 0) return false
    const body = JSON.stringify({ events: batch })
    const bytes = byteLength(body)
    bytesInFlight += bytes
    for (const { event_id } of batch) inFlight.add(event_id)
    const abort = new AbortController()
    const timeout = setTimeout(() => abort.abort(), TIMEOUT_MS)
    try {
      // Always keepalive: whoever leaves the page in the middle of a request does not cut it off.
      return await settle(batch, await post(body, { keepalive: true, signal: abort.signal }))
    } catch (error) {
      return tryLater(batch, String(error))
    } finally {
      clearTimeout(timeout)
      bytesInFlight -= bytes
      for (const { event_id } of batch) inFlight.delete(event_id)
    }
  }

  async function drain(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    while (await sendOne()) continue
    if (!timer && queue.size() > 0 && maySend()) wakeIn(Math.max(flushAfterMs, silentUntil - Date.now()))
  }

  /** Sends all that waits; resolves when it is gone or an attempt has failed. */
  function flush(): Promise<void> {
    return (running ??= drain().finally(() => (running = null)))
  }

  return {
    flush,
    /** An event was added. */
    nudge(): void {
      if (queue.size() >= batchSize && failures === 0) void flush()
      else if (!timer && !running) wakeIn(flushAfterMs)
    },
    /** The page may be gone in a moment: what no running request carries goes in one of its own. */
    hurry: (): void => void (running ? sendOne() : flush()),
    /** The network is back: no reason to wait any longer. */
    recover: (): void => {
      failures = 0
      void flush()
    },
    stop: (): void => clearTimeout(timer),
  }
}
