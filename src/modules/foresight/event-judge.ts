import { LRUCache } from "lru-cache"
import type { SetAsideLine } from "../../database/insert-events"
import type { ShopEvent } from "../../domain/events"
import type { AcceptedEvent } from "../../domain/storefront-batch"
import { inhumanPace, nextPace } from "../../domain/visitor-pace"
import type { VisitorPace } from "../../domain/visitor-pace"

/** Visitors whose pace is remembered; the one not heard of longest is forgotten first. */
const MOST_VISITORS = 50_000
/** Characters of a detail: senders have a word in it. */
const MOST_DETAIL = 200

type Verdict = Pick<SetAsideLine, "reason" | "detail">

export interface Judgement {
  /** Rows that are kept without counting, and why. */
  setAside: SetAsideLine[]
  /** Counts the events that are new once they are stored: neither a repetition nor what could not be stored is haste. */
  count: (newIds: ReadonlySet<string>) => void
}

/** A batch as far as it was judged: how it would change the pace of its visitors, and by which events (id → first row). */
interface Pending {
  paces: Map<string, VisitorPace>
  counted: Map<string, ShopEvent>
}

const visitorOf = ({ visitorId, sessionId }: ShopEvent) => visitorId ?? sessionId

/** Decides which accepted events are kept without counting. Remembers the pace of visitors by their stored events; each server for itself. */
export class EventJudge {
  private readonly paces = new LRUCache<string, VisitorPace>({ max: MOST_VISITORS })

  /** @param crawler The sender's `User-Agent` where it is a crawler's. */
  judge(events: readonly AcceptedEvent[], crawler: string | null): Judgement {
    const pending: Pending = { paces: new Map(), counted: new Map() }
    const setAside: SetAsideLine[] = []
    for (const event of events) {
      const verdict = this.verdict(event, crawler, pending)
      if (verdict) setAside.push(...event.rows.map(({ day, eventId }) => ({ day, eventId, ...verdict })))
    }
    const count = (newIds: ReadonlySet<string>) => {
      for (const row of pending.counted.values()) {
        const visitor = visitorOf(row)
        if (visitor && newIds.has(row.eventId)) this.paces.set(visitor, nextPace(this.paces.get(visitor), row.occurredAt.getTime()))
      }
    }
    return { setAside, count }
  }

  private verdict({ rows, problem }: AcceptedEvent, crawler: string | null, { paces, counted }: Pending): Verdict | null {
    if (crawler !== null) return { reason: "bot", detail: crawler.slice(0, MOST_DETAIL) }
    if (problem) return { reason: problem.reason, detail: problem.message.slice(0, MOST_DETAIL) }
    const [row] = rows
    const visitor = row && visitorOf(row)
    if (!row || !visitor) return null
    const at = row.occurredAt.getTime()
    const known = paces.get(visitor) ?? this.paces.get(visitor)
    const isRepeated = counted.has(row.eventId)
    const pace = known && isRepeated ? known : nextPace(known, at)
    paces.set(visitor, pace)
    if (!isRepeated) counted.set(row.eventId, row)
    const detail = inhumanPace(pace, at)
    return detail === null ? null : { reason: "inhuman_rate", detail }
  }
}
