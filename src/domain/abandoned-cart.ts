const HOUR_MS = 3_600_000

/** A cart as it was last seen. */
export interface CartLastSeen {
  /** Its last change. */
  changedAt: Date
  /** Lines it holds. */
  lines: number
  /** Whether an order came of it. */
  ordered: boolean
}

/** Whether a cart was left behind: something in it, no order, and no change for `idleHours` (> 0). */
export function isAbandoned({ changedAt, lines, ordered }: CartLastSeen, now: Date, idleHours: number): boolean {
  return lines > 0 && !ordered && now.getTime() - changedAt.getTime() >= idleHours * HOUR_MS
}
