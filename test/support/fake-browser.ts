/// <reference lib="dom" />
import type { TrackedEvent } from "../../src/client"

/** As much of Storage as the kit uses; `forbid()` makes it throw as private windows do. */
class FakeStorage {
  readonly values = new Map<string, string>()
  private isForbidden = false
  forbid(): void {
    this.isForbidden = true
  }
  getItem(key: string): string | null {
    return this.open().get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.open().set(key, value)
  }
  removeItem(key: string): void {
    this.open().delete(key)
  }
  private open(): Map<string, string> {
    if (this.isForbidden) throw new Error("SecurityError: storage is forbidden")
    return this.values
  }
}

/** One request that left the browser. */
export interface SentRequest {
  url: string
  init: RequestInit
  headers: Record<string, string>
  body: { events: TrackedEvent[] } & Record<string, unknown>
  bytes: number
}

/** What a fake server answers: a status with a body, or an error for a network that is away; `hang` never answers. */
export type FakeAnswer = { status: number; body?: unknown; headers?: Record<string, string> } | Error | "hang"

/** A browser as far as the kit knows one, put in place of Node's globals; `close()` takes it away again. */
export interface FakeBrowser {
  local: FakeStorage
  session: FakeStorage
  sent: SentRequest[]
  /** Ids of all events sent so far, in order. */
  sentNames(): string[]
  /** The next answers; when none is left, 202. */
  answers: FakeAnswer[]
  hide(): void
  leave(): void
  goOnline(): void
  /** Another page of the same shop: storage stays, listeners go. */
  reload(): void
  close(): void
}

export function openFakeBrowser(): FakeBrowser {
  const local = new FakeStorage()
  const session = new FakeStorage()
  const sent: SentRequest[] = []
  const answers: FakeAnswer[] = []
  const before = { window: Object.getOwnPropertyDescriptor(globalThis, "window"), document: Object.getOwnPropertyDescriptor(globalThis, "document"), fetch: globalThis.fetch }
  let page = { window: new EventTarget(), document: new EventTarget() }

  const put = () => {
    page = { window: Object.assign(new EventTarget(), { localStorage: local, sessionStorage: session }), document: Object.assign(new EventTarget(), { visibilityState: "visible" }) }
    for (const [name, value] of Object.entries(page)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  put()
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    if (init.signal?.aborted) throw new Error("AbortError")
    const text = init.body as string
    sent.push({ url, init, headers: init.headers as Record<string, string>, body: JSON.parse(text) as SentRequest["body"], bytes: Buffer.byteLength(text) })
    const answer = answers.shift() ?? { status: 202, body: { accepted: 1, duplicates: 0, rejected: [] } }
    if (answer instanceof Error) throw answer
    if (answer === "hang") return new Promise<Response>((_, reject) => init.signal?.addEventListener("abort", () => reject(new Error("AbortError"))))
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status, headers: answer.headers })
  }) as typeof fetch

  return {
    local,
    session,
    sent,
    sentNames: () => sent.flatMap(({ body }) => body.events.map(({ name }) => name)),
    answers,
    hide() {
      Object.assign(page.document, { visibilityState: "hidden" })
      page.document.dispatchEvent(new Event("visibilitychange"))
    },
    leave: () => void page.window.dispatchEvent(new Event("pagehide")),
    goOnline: () => void page.window.dispatchEvent(new Event("online")),
    reload: put,
    close() {
      globalThis.fetch = before.fetch
      for (const name of ["window", "document"] as const) {
        const former = before[name]
        if (former) Object.defineProperty(globalThis, name, former)
        else Reflect.deleteProperty(globalThis, name)
      }
    },
  }
}
