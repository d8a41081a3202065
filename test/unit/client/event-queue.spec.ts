import { createEventQueue } from "../../../src/client/event-queue"
import type { TrackedEvent } from "../../../src/client"
import { openFakeBrowser } from "../../support/fake-browser"
import type { FakeBrowser } from "../../support/fake-browser"

const KEY = "foresight.queue"
const event = (event_id: string, more: Partial<TrackedEvent> = {}): TrackedEvent => ({ event_id, name: "view_cart", timestamp: "2026-03-01T12:00:00.000Z", ...more })
const ids = (events: TrackedEvent[]) => events.map(({ event_id }) => event_id)
const none = new Set<string>()

describe("createEventQueue()", () => {
  let browser: FakeBrowser
  const stored = () => ids((JSON.parse(browser.local.values.get(KEY) ?? '{"events":[]}') as { events: TrackedEvent[] }).events)
  beforeEach(() => {
    browser = openFakeBrowser()
  })
  afterEach(() => browser.close())

  it("holds so many events and drops the oldest beyond", () => {
    const dropped = jest.fn<void, [TrackedEvent[]]>()
    const queue = createEventQueue(2, dropped)
    queue.keep(true)
    for (const id of ["a", "b", "c"]) queue.add(event(id))
    expect(ids(queue.take(9, 1e6, none))).toEqual(["b", "c"])
    expect(stored()).toEqual(["b", "c"])
    expect(dropped.mock.calls.map(([events]) => ids(events))).toEqual([["a"]])
  })

  it("takes the oldest that fit into the bytes left, in UTF-8, and none that is on its way", () => {
    const queue = createEventQueue(10, jest.fn())
    const search = event("s", { name: "search", search_term: "日本" })
    const size = Buffer.byteLength(JSON.stringify(search)) + 1 // the comma
    for (const id of ["1", "2", "3"]) queue.add({ ...search, event_id: id })
    expect(ids(queue.take(9, 2 * size, none))).toEqual(["1", "2"])
    expect(ids(queue.take(9, 2 * size - 1, none))).toEqual(["1"])
    expect(ids(queue.take(1, 1e6, none))).toEqual(["1"])
    expect(ids(queue.take(9, 1e6, new Set(["1"])))).toEqual(["2", "3"])
    expect(queue.take(9, size - 1, none)).toEqual([])
  })

  it("shares its copy with other tabs: each adds and removes only its own", () => {
    const [here, there] = [createEventQueue(10, jest.fn()), createEventQueue(10, jest.fn())]
    here.keep(true)
    there.keep(true)
    here.add(event("h"))
    there.add(event("t"))
    expect(stored()).toEqual(["h", "t"])
    here.remove([event("h")])
    expect(stored()).toEqual(["t"])
    there.remove([event("t")])
    expect(browser.local.values.has(KEY)).toBe(false)
  })

  it("begins with what an earlier page left, once each", () => {
    const former = createEventQueue(10, jest.fn())
    former.keep(true)
    former.add(event("old"))
    const queue = createEventQueue(10, jest.fn())
    queue.add(event("new"))
    queue.keep(true)
    queue.keep(true)
    expect(ids(queue.take(9, 1e6, none))).toEqual(["old", "new"])
    expect(stored()).toEqual(["old", "new"])
  })

  it.each([
    ["no JSON", "{"],
    ["another version", JSON.stringify({ v: 0, events: [event("x")] })],
    ["no list", JSON.stringify({ v: 1, events: 7 })],
    ["nothing", "null"],
    ["an event without id", JSON.stringify({ v: 1, events: [{ name: "view_cart" }, null] })],
  ])("drops %s", (_case, text) => {
    browser.local.values.set(KEY, text)
    const queue = createEventQueue(10, jest.fn())
    queue.keep(true)
    expect(queue.size()).toBe(0)
    queue.add(event("a"))
    expect(stored()).toEqual(["a"])
  })

  it("works in memory where storage is forbidden", () => {
    browser.local.forbid()
    const queue = createEventQueue(10, jest.fn())
    queue.keep(true)
    queue.add(event("a"))
    expect(ids(queue.take(9, 1e6, none))).toEqual(["a"])
    queue.remove([event("a")])
    expect(queue.size()).toBe(0)
  })

  it("takes its copy away when nothing may be kept", () => {
    const queue = createEventQueue(10, jest.fn())
    queue.keep(true)
    queue.add(event("a"))
    queue.keep(false)
    queue.add(event("b"))
    expect(browser.local.values.size).toBe(0)
    expect(queue.size()).toBe(2)
  })
})
