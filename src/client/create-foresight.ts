import { byteLength, createEventQueue } from "./event-queue"
import type { Consent, ForesightEventName, TrackArguments, TrackedEvent } from "./events"
import { createIdentity } from "./identity"
import type { Recommendations, RecommendationsRequest } from "./recommendations"
import { MAX_EVENT_BYTES, createSender } from "./sender"
import type { ForesightProblem } from "./sender"
import { uniqueId } from "./unique-id"

/** How long `getToken` may take, ms; less than a request, so that its events still go. */
const TOKEN_MS = 5_000

/** How a storefront talks to its Medusa server. */
export interface ForesightOptions {
  /** Medusa's address, e.g. `https://api.my-shop.com`; a path of your own site where a proxy stands in front. */
  baseUrl: string
  /** The publishable key your storefront has already, `pk_…`. */
  publishableKey: string
  /** What the visitor allows. Left out: not decided yet; events wait in memory until `setConsent`. */
  consent?: Consent
  /** The logged-in customer's token of Medusa; asked for at each request, with consent `granted` only. After 5 s without an answer the request goes without it.
   * Events are the customer's of the moment they are sent: `await flush()` before a login or logout. */
  getToken?: () => string | null | undefined | Promise<string | null | undefined>
  /** `include` where Medusa's session cookie says who is logged in; with consent `granted` only. `omit` unless given. */
  credentials?: RequestCredentials
  /** How long an event waits for others, ms; 1,000 unless given. */
  flushAfterMs?: number
  /** Most events in one request, 1–500; as many send at once. 50 unless given. */
  batchSize?: number
  /** Most events that wait, offline for instance; beyond it the oldest go. 1,000 unless given. */
  queueSize?: number
  /** Told what went wrong; nothing is ever thrown into the page. */
  onError?: (problem: ForesightProblem) => void
}

/** A storefront's tracker and API client. Its functions need no `this`. */
export interface Foresight {
  /** Notes that something happened; it is sent with others in a moment. Does nothing on a server. */
  track: <Name extends ForesightEventName>(name: Name, ...details: TrackArguments<Name>) => void
  /**
   * Asks what to show. Works on a server as well, there without a session.
   * @throws Error with `status` where the server refuses; the error of `fetch` where it cannot be reached or the signal aborts; Error where the consent
   * changes before it is sent.
   */
  recommendations: (request?: RecommendationsRequest, options?: { signal?: AbortSignal }) => Promise<Recommendations>
  /** The visitor has decided. What was stored under more consent is removed, events that wait lose their ids, or go altogether with `denied`. */
  setConsent: (consent: Consent) => void
  /** Sends what waits; resolves when it is sent or an attempt has failed. */
  flush: () => Promise<void>
  /** Stops: no more events are taken or sent. What waits stays in the browser's storage, if it was allowed there. */
  close: () => void
}

/** Connects a storefront with Foresight. Safe to call at import, on a server as in a browser. */
export function createForesight(options: ForesightOptions): Foresight {
  const { baseUrl, publishableKey, getToken, credentials, flushAfterMs = 1000, batchSize = 50, queueSize = 1000, onError } = options
  const inBrowser = typeof window !== "undefined"
  const url = `${baseUrl.replace(/\/+$/, "")}/store/foresight/`
  let consent: Consent | undefined
  let isClosed = !inBrowser

  // In a task of its own: a fault of the listener is the listener's.
  const report = (problem: ForesightProblem): void => {
    if (onError) queueMicrotask(() => onError(problem))
  }
  const identity = createIdentity()
  const queue = createEventQueue(queueSize, (events) => report({ code: "dropped", message: `more than ${queueSize} events wait; the oldest went`, events }))

  /** A `getToken` that fails or never answers holds nothing up: the request goes without a customer, or not at all once `signal` has given it up. */
  async function token(signal?: AbortSignal | null): Promise<string | null | undefined> {
    let patience: ReturnType<typeof setTimeout> | undefined
    try {
      return await Promise.race([
        getToken?.(),
        new Promise<null>((resolve, reject) => {
          patience = setTimeout(() => reject(new Error(`getToken gave no answer within ${TOKEN_MS} ms`)), TOKEN_MS)
          signal?.addEventListener("abort", () => resolve(null))
        }),
      ])
    } catch (error) {
      report({ code: "token", message: String(error), events: [] })
      return null
    } finally {
      clearTimeout(patience)
    }
  }
  async function post(path: string, body: string, init: RequestInit): Promise<Response> {
    const given = consent
    const isGranted = given === "granted"
    const bearer = isGranted && getToken && (await token(init.signal))
    // The body was written under the consent of before.
    if (consent !== given) throw new Error("the visitor changed the consent")
    return fetch(url + path, {
      ...init,
      method: "POST",
      body,
      credentials: (isGranted && credentials) || "omit",
      headers: { "content-type": "application/json", "x-publishable-api-key": publishableKey, ...(bearer && { authorization: `Bearer ${bearer}` }) },
    })
  }
  const sender = createSender({
    queue,
    post: (body, init) => post("events", body, init),
    report,
    maySend: () => !isClosed && consent !== undefined && consent !== "denied",
    batchSize,
    flushAfterMs,
  })

  /** Gives an event what the consent of now allows, and takes from it what it does not. */
  function underConsent(event: TrackedEvent): TrackedEvent {
    if (consent === "granted") return event.consent ? event : { ...event, consent, ...identity.current() }
    return consent === "anonymous" ? { ...event, consent, visitor_id: undefined, session_id: undefined, cart_id: undefined } : event
  }
  function setConsent(given: Consent): void {
    consent = given
    if (!inBrowser) return
    if (given !== "granted") {
      identity.forget()
      queue.keep(false)
    }
    if (given === "denied") queue.clear()
    queue.rewrite(underConsent)
    if (given === "granted") queue.keep(true)
    if (queue.size() > 0) sender.nudge()
  }

  const onHide = (): void => {
    if (document.visibilityState === "hidden") sender.hurry()
  }
  if (inBrowser) {
    document.addEventListener("visibilitychange", onHide)
    window.addEventListener("pagehide", sender.hurry)
    window.addEventListener("online", sender.recover)
  }
  if (options.consent) setConsent(options.consent)

  return {
    track(name, ...[details]) {
      if (isClosed || consent === "denied") return
      const event = underConsent({ ...details, event_id: uniqueId(), name, timestamp: new Date().toISOString() })
      if (byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) {
        report({ code: "dropped", message: `the event is larger than ${MAX_EVENT_BYTES} bytes`, events: [event] })
        return
      }
      queue.add(event)
      sender.nudge()
    },
    async recommendations(request = {}, { signal } = {}) {
      const session = inBrowser && consent === "granted" && { session_id: identity.current().session_id }
      const answer = await post("recommendations", JSON.stringify({ ...request, ...session }), { signal })
      if (answer.ok) return (await answer.json()) as Recommendations
      const { message } = ((await answer.json().catch(() => null)) ?? {}) as { message?: string }
      throw Object.assign(new Error(message ?? `HTTP ${answer.status}`), { status: answer.status })
    },
    setConsent,
    flush: sender.flush,
    close() {
      isClosed = true
      sender.stop()
      if (!inBrowser) return
      document.removeEventListener("visibilitychange", onHide)
      window.removeEventListener("pagehide", sender.hurry)
      window.removeEventListener("online", sender.recover)
    },
  }
}
