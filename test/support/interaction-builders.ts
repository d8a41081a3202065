import { createRandom } from "../../src/domain/random"
import type { Interaction } from "../../src/domain/recommending/types"

const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2026, 0, 1)

/** A purchase by `u1` of `p1` on 1 January 2026, but for what is given; `day` counts from there. */
export function interaction({ day = 0, ...given }: Partial<Interaction> & { day?: number } = {}): Interaction {
  return { userId: "u1", productId: "p1", weight: 1, at: FIRST_DAY + day * DAY_MS, sessionId: null, ...given }
}

/**
 * A shop with known truth: products `g0_0`, `g0_1` … of `groups` groups of `perGroup`; each person likes one group and takes nine of ten products from it.
 * Every visit is a session of `visitLength` products on one day, `visits` of them a person, spread over `days`.
 */
export function groupedInteractions({ users = 60, groups = 4, perGroup = 8, visits = 6, visitLength = 3, days = 200, seed = 1 } = {}): Interaction[] {
  const next = createRandom(seed)
  const rows: Interaction[] = []
  for (let user = 0; user < users; user++) {
    for (let visit = 0; visit < visits; visit++) {
      const day = Math.floor(next() * days)
      for (let step = 0; step < visitLength; step++) {
        const group = next() < 0.9 ? user % groups : Math.floor(next() * groups)
        const productId = `g${group}_${Math.floor(next() * perGroup)}`
        rows.push(interaction({ userId: `u${user}`, productId, day: day + step / 1000, sessionId: `s${user}_${visit}`, weight: next() < 0.5 ? 1 : 0.15 }))
      }
    }
  }
  return rows
}
