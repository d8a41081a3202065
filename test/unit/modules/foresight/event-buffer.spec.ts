import type { EventStore } from "../../../../src/database/stores/event-store"
import { ForesightError } from "../../../../src/domain/errors"
import { EventBuffer } from "../../../../src/modules/foresight/event-buffer"
import { shopEvent } from "../../../support/shop-event"

const DAY = "2026-03-10"
const rowsOf = (...ids: string[]) => ids.map((eventId) => shopEvent({ eventId, day: DAY, name: "view_item" }))
const many = (from: number, count: number) => rowsOf(...Array.from({ length: count }, (_, index) => `e${from + index}`))
const away = () => new ForesightError("unavailable", "Postgres: cannot be reached")
const refusedValue = () => Object.assign(new Error("numeric field overflow"), { code: "22003" })

/** A store that keeps ids in a set. Each insert waits for `let through()` when `isHeld`, and fails with what `failWith` says. */
function fakeStore() {
  const stored = new Set<string>()
  const inserts: string[][] = []
  const held: (() => void)[] = []
  const state = { isHeld: false, failWith: (_ids: string[]): Error | null => null }
  const insert: EventStore["insert"] = async (events) => {
    const ids = events.map(({ eventId }) => eventId)
    inserts.push(ids)
    if (state.isHeld) await new Promise<void>((resolve) => held.push(resolve))
    const failure = state.failWith(ids)
    if (failure) throw failure
    const insertedIds = new Set(ids.filter((id) => !stored.has(id)))
    for (const id of insertedIds) stored.add(id)
    return { inserted: insertedIds.size, duplicates: ids.length - insertedIds.size, insertedIds }
  }
  return { stored, inserts, state, insert, letThrough: () => held.splice(0).forEach((go) => go()) }
}

function open(settings: { durable: boolean; capacity?: number }) {
  const store = fakeStore()
  const warnings: string[] = []
  const buffer = new EventBuffer(store, { flushIntervalMs: 200, capacity: 1_000, ...settings }, (message) => void warnings.push(message))
  return { ...store, warnings, buffer }
}
/** The outcome of a promise as far as it is known. */
function watch(promise: Promise<ReadonlySet<string>>) {
  const seen: { ids: string[] | null; error: unknown } = { ids: null, error: null }
  promise.then(
    (ids) => (seen.ids = [...ids]),
    (error: unknown) => (seen.error = error)
  )
  return seen
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)

describe("EventBuffer, durable", () => {
  it("answers only once the events are committed", async () => {
    const { buffer, state, letThrough, stored } = open({ durable: true })
    state.isHeld = true
    const answer = watch(buffer.take(rowsOf("a")))
    await pass(5_000)
    expect(answer).toEqual({ ids: null, error: null })
    letThrough()
    await pass(0)
    expect([answer.ids, [...stored]]).toEqual([["a"], ["a"]])
  })

  it("puts what arrives during one insert into the next, whoever sent it", async () => {
    const { buffer, state, letThrough, inserts } = open({ durable: true })
    state.isHeld = true
    const first = watch(buffer.take(rowsOf("a")))
    await pass(1)
    const others = [buffer.take(rowsOf("b")), buffer.take(rowsOf("c", "d")), buffer.take(rowsOf("e"))].map(watch)
    await pass(1)
    expect(inserts).toEqual([["a"]])
    letThrough()
    await pass(1)
    letThrough()
    await pass(1)
    expect(inserts).toEqual([["a"], ["b", "c", "d", "e"]])
    expect([first, ...others].map(({ ids }) => ids)).toEqual([["a"], ["b"], ["c", "d"], ["e"]])
  })

  it("counts an event that two requests of one insert brought as new for the first only", async () => {
    const { buffer } = open({ durable: true })
    const [first, second] = [buffer.take(rowsOf("a", "b")), buffer.take(rowsOf("b", "c", "c"))].map(watch)
    await pass(1)
    expect([first?.ids, second?.ids]).toEqual([["a", "b"], ["c"]])
  })

  it("tells who waits that the database is away, keeps nothing of it, and goes on", async () => {
    const { buffer, state, stored, warnings } = open({ durable: true })
    state.failWith = away
    const refused = watch(buffer.take(rowsOf("a")))
    await pass(1)
    expect(refused.error).toMatchObject({ code: "unavailable" })
    state.failWith = () => null
    const again = watch(buffer.take(rowsOf("a", "b")))
    await pass(1)
    expect([again.ids, [...stored], warnings]).toEqual([["a", "b"], ["a", "b"], []])
  })

  it("refuses the one request whose value Postgres refuses, and stores the others of the same insert", async () => {
    const { buffer, state, stored } = open({ durable: true })
    state.failWith = (ids) => (ids.includes("bad") ? refusedValue() : null)
    const [good, bad, also] = [buffer.take(rowsOf("a")), buffer.take(rowsOf("bad", "x")), buffer.take(rowsOf("b"))].map(watch)
    await pass(1)
    expect([good?.ids, also?.ids, [...stored]]).toEqual([["a"], ["b"], ["a", "b"]])
    expect(bad?.error).toMatchObject({ code: "invalid_event", message: expect.stringContaining("numeric field overflow") })
  })

  it("refuses with a hint when to come again once as much is held as may be", async () => {
    const { buffer, state, letThrough } = open({ durable: true })
    state.isHeld = true
    const held = [buffer.take(many(0, 500)), buffer.take(many(500, 500))].map(watch)
    await pass(1)
    await expect(buffer.take(rowsOf("z"))).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 1 })
    letThrough()
    await pass(1)
    letThrough()
    await pass(1)
    expect(held.map(({ ids }) => ids?.length)).toEqual([500, 500])
    const after = watch(buffer.take(rowsOf("z")))
    await pass(1)
    letThrough()
    await pass(0)
    expect(after.ids).toEqual(["z"])
  })

  it("takes one request that is larger than the buffer when nothing else is held", async () => {
    const { buffer, stored } = open({ durable: true })
    const answer = watch(buffer.take(many(0, 3_000)))
    await pass(1)
    expect([answer.ids?.length, stored.size]).toEqual([3_000, 3_000])
  })

  it("cuts inserts at 5,000 rows between requests", async () => {
    const { buffer, inserts } = open({ durable: true, capacity: 100_000 })
    Array.from({ length: 30 }, (_, request) => watch(buffer.take(many(request * 400, 400))))
    await pass(10)
    // 13 requests of 400 reach 5,000 first
    expect(inserts.map(({ length }) => length)).toEqual([5_200, 5_200, 1_600])
  })

  it("sends a second insert beside the first once 1,000 rows wait, and never a third", async () => {
    const { buffer, state, letThrough, inserts, stored } = open({ durable: true, capacity: 100_000 })
    state.isHeld = true
    const answers = [watch(buffer.take(many(0, 10)))]
    await pass(1)
    answers.push(watch(buffer.take(many(10, 999))))
    await pass(1)
    expect(inserts).toHaveLength(1) // few rows wait, so that one commit serves many requests
    answers.push(watch(buffer.take(many(1_009, 1))))
    await pass(1)
    expect(inserts.map(({ length }) => length)).toEqual([10, 1_000])
    answers.push(watch(buffer.take(many(1_010, 3_000))))
    await pass(1)
    expect(inserts).toHaveLength(2)
    letThrough()
    await pass(1)
    letThrough()
    await pass(1)
    expect(answers.map(({ ids }) => ids?.length)).toEqual([10, 999, 1, 3_000])
    expect(stored.size).toBe(4_010)
  })

  it("begins the first insert while other requests are still being read, one a turn of the event loop", async () => {
    jest.useRealTimers()
    let read = 0
    const readAtInserts: number[] = []
    const insert: EventStore["insert"] = (events) => {
      readAtInserts.push(read)
      return Promise.resolve({ inserted: events.length, duplicates: 0, insertedIds: new Set(events.map(({ eventId }) => eventId)) })
    }
    const buffer = new EventBuffer({ insert }, { durable: true, flushIntervalMs: 200, capacity: 1_000 }, () => undefined)
    const answers: Promise<ReadonlySet<string>>[] = []
    for (; read < 10; await new Promise((resolve) => setImmediate(resolve))) {
      for (const until = performance.now() + 2; performance.now() < until; ); // reading keeps the loop busy
      read += 1
      answers.push(buffer.take(rowsOf(`e${read}`)))
    }
    expect((await Promise.all(answers)).map((ids) => [...ids])).toEqual(answers.map((_, index) => [`e${index + 1}`]))
    expect(readAtInserts[0]).toBeLessThanOrEqual(2)
  })

  it("tells each request of two inserts that fail side by side", async () => {
    const { buffer, state, letThrough } = open({ durable: true, capacity: 100_000 })
    state.isHeld = true
    const first = watch(buffer.take(many(0, 10)))
    await pass(1)
    const second = watch(buffer.take(many(10, 1_000)))
    await pass(1)
    state.failWith = away
    letThrough()
    await pass(1)
    expect([first.error, second.error]).toMatchObject([{ code: "unavailable" }, { code: "unavailable" }])
    state.isHeld = false
    state.failWith = () => null
    const again = watch(buffer.take(many(0, 1_010)))
    await pass(1)
    expect(again.ids?.length).toBe(1_010)
  })

  it("answers at once for nothing", async () => expect(await open({ durable: true }).buffer.take([])).toEqual(new Set()))
})

describe("EventBuffer, not durable", () => {
  it("answers at once and stores everything that came within the interval by one insert", async () => {
    const { buffer, inserts } = open({ durable: false })
    expect([...(await buffer.take(rowsOf("a")))]).toEqual(["a"])
    await pass(150)
    expect([...(await buffer.take(rowsOf("b")))]).toEqual(["b"])
    expect(inserts).toEqual([])
    await pass(50)
    expect(inserts).toEqual([["a", "b"]])
  })

  it("counts what it holds as a duplicate, also on its way to the database", async () => {
    const { buffer, state, letThrough, stored } = open({ durable: false })
    state.isHeld = true
    await buffer.take(rowsOf("a"))
    expect((await buffer.take(rowsOf("a", "b"))).has("a")).toBe(false)
    await pass(200)
    expect((await buffer.take(rowsOf("b"))).size).toBe(0)
    letThrough()
    await pass(200)
    letThrough()
    await pass(1)
    expect([...stored]).toEqual(["a", "b"])
  })

  it("keeps what it answered while the database is away, tries again after longer waits, and loses nothing", async () => {
    const { buffer, state, inserts, stored, warnings } = open({ durable: false })
    state.failWith = away
    await buffer.take(rowsOf("a"))
    await pass(200) // first try; then waits of 250, 500, 1,000 … ms
    await buffer.take(rowsOf("b"))
    expect(inserts).toHaveLength(1)
    await pass(250)
    expect(inserts).toHaveLength(2)
    await pass(499)
    expect(inserts).toHaveLength(2)
    await pass(1)
    expect(inserts).toHaveLength(3)
    await pass(10 * 60_000)
    expect(inserts.length).toBeLessThan(30) // at most one try in 30 s
    state.failWith = () => null
    await pass(30_000)
    expect([...stored]).toEqual(["a", "b"])
    expect(warnings[0]).toContain("1 accepted events wait for the database")
    await buffer.take(rowsOf("c"))
    await pass(200)
    expect(stored.has("c")).toBe(true)
  })

  it("lets requests wait for the commit past half of its room, so that fast senders are slowed before they are refused", async () => {
    const { buffer, stored } = open({ durable: false })
    expect((await buffer.take(many(0, 500))).size).toBe(500)
    const slowed = watch(buffer.take(rowsOf("z")))
    await Promise.resolve()
    expect(slowed.ids).toBeNull()
    await pass(1) // and the flush is no longer put off
    expect([slowed.ids, stored.size]).toEqual([["z"], 501])
  })

  it("refuses past half of its room while the database is away, instead of letting requests hang", async () => {
    const { buffer, state } = open({ durable: false })
    state.failWith = away
    await buffer.take(many(0, 400))
    await pass(200)
    expect((await buffer.take(many(400, 100))).size).toBe(100)
    await expect(buffer.take(rowsOf("z"))).rejects.toMatchObject({ code: "unavailable" })
  })

  it("says how many events are lost to a value that Postgres refuses, and stores the rest", async () => {
    const { buffer, state, stored, warnings } = open({ durable: false })
    state.failWith = (ids) => (ids.includes("bad") ? refusedValue() : null)
    await buffer.take(rowsOf("a"))
    await buffer.take(rowsOf("bad"))
    await pass(200)
    expect([...stored]).toEqual(["a"])
    expect(warnings).toEqual([expect.stringContaining("1 accepted events are lost")])
  })

  it("stores what it holds when the server stops, and takes no more", async () => {
    const { buffer, stored } = open({ durable: false })
    await buffer.take(rowsOf("a"))
    await buffer.close()
    expect([...stored]).toEqual(["a"])
    await expect(buffer.take(rowsOf("b"))).rejects.toMatchObject({ code: "unavailable" })
    await buffer.close()
  })

  it("says what could not be stored when the server stops without its database", async () => {
    const { buffer, state, inserts, warnings } = open({ durable: false })
    state.failWith = away
    await buffer.take(rowsOf("a", "b"))
    await buffer.close()
    expect(inserts).toHaveLength(3)
    expect(warnings.at(-1)).toContain("2 accepted events could not be stored")
  })

  it("waits for the insert on its way before it stops", async () => {
    const { buffer, state, letThrough, stored } = open({ durable: false })
    state.isHeld = true
    await buffer.take(rowsOf("a"))
    await pass(200)
    const closed = buffer.close()
    letThrough()
    await closed
    expect([...stored]).toEqual(["a"])
  })
})
