import { addDays, type Day } from "../src/domain/day"
import { MODEL_KINDS, type ModelKind } from "../src/domain/training"

/** Days after which a kind is trained again, however little was sold. */
const LONGEST_DAYS = 7
/** Days to let pass after a training that was not promoted or failed, so that the night does not try the same data again and again. */
const SHORTEST_DAYS = 1

/** What is known of one kind before the night. */
export interface KindState {
  kind: ModelKind
  /** Whether there is anything to learn from. */
  hasData: boolean
  /** When the newest training of this kind ended well, promoted or kept; `null`: never. */
  lastTrained: Day | null
  /** When the newest training of this kind was begun; `null`: never. */
  lastTried: Day | null
}

/** The kinds to train tonight: those with data and no training in the last week. `all`: every kind with data. */
export function trainingDue(states: readonly KindState[], today: Day, all: boolean): ModelKind[] {
  const due = ({ hasData, lastTrained, lastTried }: KindState) => {
    if (!hasData || all) return hasData
    if (lastTrained !== null) return lastTrained <= addDays(today, -LONGEST_DAYS)
    return lastTried === null || lastTried <= addDays(today, -SHORTEST_DAYS)
  }
  return MODEL_KINDS.filter((kind) => states.some((state) => state.kind === kind && due(state)))
}
