import { browserStorage } from "./browser-storage"
import type { TrackedEvent } from "./events"

const KEY = "foresight.queue"
/** Changes with the shape of a stored event: what another version left is dropped. */
const VERSION = 1

/** Bytes of a text as UTF-8. */
export const byteLength = (text: string): number => new TextEncoder().encode(text).length

/**
 * Events not yet acknowledged, oldest first. With `keep(true)` a copy lies in localStorage, shared by all tabs: each adds and removes only its own events
 * there. A tab that opens sends what it finds as well; the server counts an event that comes twice once.
 * @param most Events kept; beyond it the oldest go.
 * @param onDropped Told of those.
 */
export function createEventQueue(most: number, onDropped: (events: TrackedEvent[]) => void) {
  const storage = browserStorage("localStorage")
  let events: TrackedEvent[] = []
  let isKept = false

  const read = (): TrackedEvent[] => {
    try {
      const { v, events } = JSON.parse(storage.get(KEY) ?? "") as { v: unknown; events: TrackedEvent[] }
      return v === VERSION ? events.filter((event) => typeof event.event_id === "string") : []
    } catch {
      return [] // nothing there, or nothing of ours
    }
  }
  const write = (kept: TrackedEvent[]) => (kept.length > 0 ? storage.set(KEY, JSON.stringify({ v: VERSION, events: kept })) : storage.remove(KEY))
  const without = (ids: Set<string>, from: TrackedEvent[]) => from.filter(({ event_id }) => !ids.has(event_id))

  return {
    size: (): number => events.length,
    add(event: TrackedEvent): void {
      events.push(event)
      if (isKept) write([...read(), event].slice(-most))
      if (events.length > most) onDropped(events.splice(0, events.length - most))
    },
    /** The oldest events that fit, except those in `inFlight`. */
    take(mostEvents: number, mostBytes: number, inFlight: Set<string>): TrackedEvent[] {
      let bytes = mostBytes
      const batch: TrackedEvent[] = []
      for (const event of without(inFlight, events)) {
        bytes -= byteLength(JSON.stringify(event)) + 1
        if (bytes < 0 || batch.length === mostEvents) break
        batch.push(event)
      }
      return batch
    },
    remove(gone: TrackedEvent[]): void {
      const ids = new Set(gone.map(({ event_id }) => event_id))
      events = without(ids, events)
      if (isKept) write(without(ids, read()))
    },
    rewrite(change: (event: TrackedEvent) => TrackedEvent): void {
      events = events.map(change)
    },
    /** Whether a copy is kept in the browser; `false` removes it. */
    keep(kept: boolean): void {
      isKept = kept
      if (kept) {
        const own = new Set(events.map(({ event_id }) => event_id))
        events = [...without(own, read()), ...events].slice(-most)
      }
      write(kept ? events : [])
    },
    clear(): void {
      events = []
    },
  }
}
