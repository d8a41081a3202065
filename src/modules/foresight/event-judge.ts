import { LRUCache } from "lru-cache"
import type { SetAsideLine } from "../../database/stores/event-store"
import type { AcceptedEvent } from "../../domain/storefront-batch"
import { inhumanPace, nextPace } from "../../domain/visitor-pace"
import type { VisitorPace } from "../../domain/visitor-pace"

/** Visitors whose pace is remembered; the one not heard of longest is forgotten first. */
const MOST_VISITORS = 50_000

type Verdict = Pick<SetAsideLine, "reason" | "detail">

export interface Judgement {
  /** Rows that are kept without counting, and why. */
  setAside: SetAsideLine[]
  /** Forgets the events of the batch: it was not stored, and its repetition must not look like haste. */
  undo: () => void
}

/** Decides which accepted events are kept without counting. Remembers the pace of visitors; each server for itself. */
export class EventJudge {
  private readonly paces = new LRUCache<string, VisitorPace>({ max: MOST_VISITORS })

  /** @param crawler The sender's `User-Agent` where it is a crawler's. */
  judge(events: readonly AcceptedEvent[], crawler: string | null): Judgement {
    const before = new Map<string, VisitorPace | undefined>()
    const setAside: SetAsideLine[] = []
    for (const event of events) {
      const verdict = this.verdict(event, crawler, before)
      if (verdict) setAside.push(...event.rows.map(({ day, eventId }) => ({ day, eventId, ...verdict })))
    }
    const undo = () => {
      for (const [visitor, pace] of before) this.paces.set(visitor, pace)
    }
    return { setAside, undo }
  }

  /** @param before Takes the pace that a visitor had before the batch. */
  private verdict({ rows, problem }: AcceptedEvent, crawler: string | null, before: Map<string, VisitorPace | undefined>): Verdict | null {
    if (crawler !== null) return { reason: "bot", detail: crawler.slice(0, 200) }
    if (problem) return { reason: problem.reason, detail: problem.message }
    const [row] = rows
    const visitor = row?.visitorId ?? row?.sessionId
    if (!row || !visitor) return null
    const at = row.occurredAt.getTime()
    const known = this.paces.get(visitor)
    if (!before.has(visitor)) before.set(visitor, known)
    const pace = nextPace(known, at)
    this.paces.set(visitor, pace)
    const detail = inhumanPace(pace, at)
    return detail === null ? null : { reason: "inhuman_rate", detail }
  }
}
