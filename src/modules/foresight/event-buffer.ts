import type { SetAsideLine } from "../../database/insert-events"
import { errorCode } from "../../database/query"
import type { EventStore } from "../../database/stores/event-store"
import { ForesightError } from "../../domain/errors"
import type { ShopEvent } from "../../domain/events"

export interface BufferSettings {
  /** `take` ends once its events are committed; else as soon as they are held, and the flush interval is what a crash can cost. */
  durable: boolean
  /** How long events are gathered before an insert when not durable, ms. */
  flushIntervalMs: number
  /** Most rows held: waiting and on their way. */
  capacity: number
}

/** What one request brought. */
interface Group {
  events: readonly ShopEvent[]
  setAside: readonly SetAsideLine[]
  /** Who waits for the commit; `null` when the request was answered before. */
  waiter: { resolve(newIds: ReadonlySet<string>): void; reject(error: unknown): void } | null
}

/** Rows of one insert, unless a single request has more. */
const MOST_ROWS = 5_000
/** Inserts on their way at once: Postgres writes one while the next is made ready. */
const SIDE_BY_SIDE = 2
/** Rows that are worth an insert beside another; fewer wait for it, so that one commit serves many small requests. */
const WORTH_ANOTHER = 1_000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 30_000
/** Tries to write what is held when the process ends. */
const LAST_TRIES = 3

/**
 * Gathers the events of many requests into few inserts: while one is on its way, the next fills, and goes beside it once it is large.
 * An insert that fails because the database is away refuses the requests that wait for it, whose senders repeat them, and keeps what was answered before,
 * trying again after longer and longer waits. Past half of its capacity every request waits for the commit, so that senders are slowed before they are refused.
 */
export class EventBuffer {
  private waiting: Group[] = []
  private held = 0
  /** Rows of `waiting`. */
  private waitingRows = 0
  private failures = 0
  private timer: NodeJS.Timeout | null = null
  /** A flush that is due at once. Nothing puts it off: batches that are read one a turn would else be written only once all are read. */
  private due: NodeJS.Immediate | null = null
  private readonly running = new Set<Promise<void>>()
  private isClosed = false
  /** Rows answered and not yet committed, by key: a repetition is told as a duplicate. */
  private readonly pending = new Set<string>()

  /** @param warn Tells the operator; one line a failure. */
  constructor(
    private readonly store: Pick<EventStore, "insert">,
    private readonly settings: BufferSettings,
    private readonly warn: (message: string) => void
  ) {}

  /**
   * Takes the rows of one request.
   * @returns ids that are new. Exact once committed; before that, those not among the rows held.
   * @throws ForesightError `unavailable` when the buffer is full, closed, or the commit waited for failed; `invalid_event` when Postgres refuses a value.
   */
  async take(events: readonly ShopEvent[], setAside: readonly SetAsideLine[] = []): Promise<ReadonlySet<string>> {
    if (events.length === 0) return new Set()
    if (this.isClosed) throw new ForesightError("unavailable", "the server is stopping; send the same batch again")
    const { capacity, durable } = this.settings
    const isHalfFull = this.held + events.length > capacity / 2
    if (this.held > 0 && (this.held + events.length > capacity || (isHalfFull && this.failures > 0))) {
      const message = `${this.held} events wait for the database, which is as many as are held; send the same batch again`
      throw new ForesightError("unavailable", message, { retryAfterSeconds: 1 })
    }
    this.held += events.length
    if (durable || isHalfFull) {
      return new Promise((resolve, reject) => this.add({ events, setAside, waiter: { resolve, reject } }))
    }
    const newIds = new Set(events.filter((event) => !this.pending.has(keyOf(event))).map(({ eventId }) => eventId))
    for (const event of events) this.pending.add(keyOf(event))
    this.add({ events, setAside, waiter: null })
    return newIds
  }

  /** Writes what is held and takes no more; a second call does nothing. */
  async close(): Promise<void> {
    this.isClosed = true
    this.unschedule()
    await Promise.all(this.running)
    for (this.failures = 0; this.waiting.length > 0 && this.failures < LAST_TRIES; ) await this.flush()
    if (this.waiting.length > 0) this.warn(`foresight: ${this.held} accepted events could not be stored before the end; the database is away`)
    this.waiting = []
    this.waitingRows = 0
  }

  private add(group: Group): void {
    this.waiting.push(group)
    this.waitingRows += group.events.length
    this.schedule()
  }

  /** Sets the next flush; one that is due at once comes before one that was set for later. */
  private schedule(): void {
    if (this.isClosed || this.waiting.length === 0) return
    if (this.running.size > 0 && (this.running.size >= SIDE_BY_SIDE || this.waitingRows < WORTH_ANOTHER || this.failures > 0)) return
    const wait = this.waitMs()
    if (this.due || (this.timer && wait > 0)) return
    this.unschedule()
    if (wait === 0) this.due = setImmediate(() => this.begin())
    else this.timer = setTimeout(() => this.begin(), wait)
  }

  private unschedule(): void {
    if (this.timer) clearTimeout(this.timer)
    if (this.due) clearImmediate(this.due)
    this.timer = null
    this.due = null
  }

  private begin(): void {
    this.unschedule()
    const flushing = this.flush().then(() => {
      this.running.delete(flushing)
      this.schedule()
    })
    this.running.add(flushing)
    this.schedule()
  }

  private waitMs(): number {
    if (this.failures > 0) return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1))
    const isAwaited = this.waiting.some(({ waiter }) => waiter !== null)
    return isAwaited || this.waitingRows >= MOST_ROWS ? 0 : this.settings.flushIntervalMs
  }

  private async flush(): Promise<void> {
    let rows = 0
    const last = this.waiting.findIndex(({ events }) => (rows += events.length) >= MOST_ROWS)
    this.waitingRows -= rows
    await this.write(this.waiting.splice(0, last < 0 ? this.waiting.length : last + 1))
  }

  private async write(groups: readonly Group[]): Promise<void> {
    try {
      const { insertedIds } = await this.store.insert(groups.flatMap(({ events }) => events), groups.flatMap(({ setAside }) => setAside))
      this.failures = 0
      for (const group of groups) {
        this.release(group)
        const newIds = new Set<string>()
        // an id that two requests brought is new for the first of them
        for (const { eventId } of group.events) if (insertedIds.delete(eventId)) newIds.add(eventId)
        group.waiter?.resolve(newIds)
      }
    } catch (error) {
      if (!isRefusedValue(error)) this.postpone(groups, error)
      else if (groups.length > 1) for (const group of groups) await this.write([group])
      else for (const group of groups) this.giveUp(group, error)
    }
  }

  /** The database is away: who waits is told, what was answered stays. */
  private postpone(groups: readonly Group[], error: unknown): void {
    for (const group of groups.filter(({ waiter }) => waiter !== null)) {
      this.release(group)
      group.waiter?.reject(error)
    }
    const kept = groups.filter(({ waiter }) => waiter === null)
    if (kept.length === 0) return
    this.waiting.unshift(...kept)
    this.waitingRows += kept.reduce((sum, { events }) => sum + events.length, 0)
    this.failures += 1
    this.warn(`foresight: ${this.held} accepted events wait for the database, try ${this.failures} failed: ${messageOf(error)}`)
  }

  /** A value that Postgres will refuse for ever: a repetition would not help, and the others are not held up by it. */
  private giveUp(group: Group, error: unknown): void {
    this.release(group)
    if (group.waiter) group.waiter.reject(new ForesightError("invalid_event", `Postgres refuses a value of this batch: ${messageOf(error)}`, { cause: error }))
    else this.warn(`foresight: ${group.events.length} accepted events are lost, Postgres refuses a value of theirs: ${messageOf(error)}`)
  }

  private release({ events, waiter }: Group): void {
    this.held -= events.length
    if (!waiter) for (const event of events) this.pending.delete(keyOf(event))
  }
}

const keyOf = ({ day, eventId }: ShopEvent) => `${day} ${eventId}`
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
/** Postgres: data exception, integrity violation. */
const isRefusedValue = (error: unknown) => /^2[23]/.test(errorCode(error))
