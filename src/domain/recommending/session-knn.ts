import type { RankedProduct, Ranker, Signal } from "./ranker"
import type { SessionIndex, SessionModel, SessionRecipe } from "./session-model"
import { TopK } from "./top-k"
import type { InteractionTable } from "./types"

/** Items of a session that count, the last ones. */
const SESSION_LENGTH = 50
/** Items of a visitor's own session that are looked up. */
const QUERY_LENGTH = 20
const SECONDS_PER_DAY = 86_400

/**
 * Sequences of items by session, in time order, the same item twice in a row kept once.
 * @param from First row, `to` one past the last row of the table that counts.
 * @returns Sessions with at least two different items, by the time of their last row.
 */
export function sessionSequences(table: InteractionTable, from: number, to: number): { items: number[]; startedAt: number; endedAt: number }[] {
  const sessions = new Map<number, { items: number[]; startedAt: number; endedAt: number }>()
  for (let row = from; row < to; row++) {
    const id = table.session[row]!
    if (id < 0) continue
    let session = sessions.get(id)
    if (!session) sessions.set(id, (session = { items: [], startedAt: table.at[row]!, endedAt: 0 }))
    if (session.items.at(-1) !== table.item[row]) session.items.push(table.item[row]!)
    session.endedAt = table.at[row]!
  }
  return [...sessions.values()].filter(({ items }) => items.length > 1).sort((one, two) => one.endedAt - two.endedAt)
}

/** Indexes the newest sessions among the first `rows` rows of the table. */
export function buildSessionIndex(table: InteractionTable, { rows = table.item.length, maxSessions }: { rows?: number; maxSessions: number }): SessionIndex {
  const sessions = sessionSequences(table, 0, rows).slice(-maxSessions)
  const sequences = sessions.map(({ items }) => items.slice(-SESSION_LENGTH))
  const start = new Int32Array(sequences.length + 1)
  for (const [session, items] of sequences.entries()) start[session + 1] = start[session]! + items.length
  const postingStart = new Int32Array(table.items.length + 1)
  for (const items of sequences) for (const item of new Set(items)) postingStart[item + 1]!++
  for (let item = 0; item < table.items.length; item++) postingStart[item + 1]! += postingStart[item]!
  const posting = new Int32Array(postingStart[table.items.length]!)
  const next = postingStart.slice()
  for (const [session, items] of sequences.entries()) for (const item of new Set(items)) posting[next[item]!++] = session
  return { start, item: Int32Array.from(sequences.flat()), at: Float64Array.from(sessions, ({ endedAt }) => endedAt), postingStart, posting }
}

/**
 * Scores items for the items a visitor has seen, oldest first: neighbour sessions vote for what they hold.
 * A session's likeness is Σ over shared items of e^(−steps ago / 2.5) · log(1 + sessions / sessions with the item);
 * the `neighbours` most alike vote with
 * likeness / √(length + 2) · 0.5^(age / half-life) · e^(−steps ago of the newest shared item / 3),
 * less for items far from that item (e^(−distance / 4)) and for those before it (· 0.7).
 * What the visitor has seen may be proposed again; callers take out what they do not want.
 * @param onVote Called for each voted item with the vote and the visitor's item it follows from.
 * @see Ludewig & Jannach (2018), Evaluation of session-based recommendation algorithms (VS-kNN); Kersbergen et al. (2022), Serenade (newest sessions by item).
 */
export function sessionVoter({ start, item, at, postingStart, posting }: SessionIndex, recipe: SessionRecipe) {
  const sessions = at.length
  const likeness = new Float64Array(sessions)
  const touched = new Int32Array(sessions)
  const newest = at[sessions - 1] ?? 0
  const best = new TopK(recipe.neighbours)
  return (seen: readonly number[], onVote: (item: number, vote: number, because: number) => void): void => {
    const query = seen.slice(-QUERY_LENGTH)
    const stepsAgo = new Map(query.map((own, index) => [own, query.length - 1 - index]))
    let count = 0
    for (const [own, steps] of stepsAgo) {
      const first = postingStart[own]!
      const end = postingStart[own + 1]!
      const gain = Math.exp(-steps / 2.5) * Math.log(1 + sessions / Math.max(1, end - first))
      for (let entry = Math.max(first, end - recipe.samples); entry < end; entry++) {
        const session = posting[entry]!
        if (likeness[session] === 0) touched[count++] = session
        likeness[session]! += gain
      }
    }
    for (let entry = 0; entry < count; entry++) {
      const session = touched[entry]!
      // Counted from the end, so that of two sessions equally alike the newer one votes.
      best.offer(sessions - 1 - session, likeness[session]!)
      likeness[session] = 0
    }
    for (const { index, value } of best.drain()) {
      const session = sessions - 1 - index
      const first = start[session]!
      const end = start[session + 1]!
      let shared = -1
      let steps = Infinity
      for (let entry = first; entry < end; entry++) {
        const ago = stepsAgo.get(item[entry]!)
        if (ago === undefined || ago > steps) continue
        steps = ago
        shared = entry
      }
      const decay = recipe.halfLifeDays === null ? 1 : 0.5 ** ((newest - at[session]!) / SECONDS_PER_DAY / recipe.halfLifeDays)
      const vote = (value / Math.sqrt(end - first + 2)) * decay * Math.exp(-steps / 3)
      for (let entry = first; entry < end; entry++) {
        onVote(item[entry]!, vote * Math.exp(-Math.abs(entry - shared) / 4) * (entry >= shared ? 1 : 0.7), item[shared]!)
      }
    }
  }
}

/** The model as a ranker of one visit: signals in any order, the newest last in time. About a millisecond a call. */
export function sessionRanker({ recipe, items, index }: SessionModel): Ranker {
  const vote = sessionVoter(index, recipe)
  const indexes = new Map(items.map((id, at) => [id, at]))
  const scores = new Float64Array(items.length)
  const strongest = new Float64Array(items.length)
  const because = new Int32Array(items.length)
  return (signals: readonly Signal[], limit: number): RankedProduct[] => {
    const seen = [...signals]
      .sort((one, two) => one.at - two.at || (one.productId < two.productId ? -1 : 1))
      .flatMap(({ productId }) => indexes.get(productId) ?? [])
      .filter((item, place, all) => item !== all[place - 1])
    const voted: number[] = []
    vote(seen, (item, value, from) => {
      if (scores[item] === 0) voted.push(item)
      scores[item]! += value
      if (value > strongest[item]!) {
        strongest[item] = value
        because[item] = from
      }
    })
    const best = new TopK(Math.min(limit, items.length))
    for (const item of voted) best.offer(item, scores[item]!)
    const ranked = best.drain().map(({ index: item, value }) => ({
      productId: items[item]!,
      score: value,
      source: "session_knn" as const,
      because: [items[because[item]!]!],
    }))
    for (const item of voted) {
      scores[item] = 0
      strongest[item] = 0
    }
    return ranked
  }
}
