import { z } from "zod"
import { ForesightError } from "../errors"
import { packModel, unpackModel } from "../model-bytes"

/** What training chose for the session kNN. */
export const SessionRecipe = z.object({
  algorithm: z.literal("session_knn"),
  /** Neighbour sessions that vote. */
  neighbours: z.number().int().positive(),
  /** Newest sessions looked at for each item of the visitor's. */
  samples: z.number().int().positive(),
  /** Days after which a neighbour session's vote counts half; `null`: its age does not matter. */
  halfLifeDays: z.number().positive().nullable(),
})
export type SessionRecipe = z.infer<typeof SessionRecipe>

/** Sessions oldest first, and for each item the sessions it is in, oldest first. */
export interface SessionIndex {
  /** Session s is `item[start[s]]` … `item[start[s + 1] − 1]`, in the order of the visit. */
  start: Int32Array
  item: Int32Array
  /** End of each session, seconds since 1970. */
  at: Float64Array
  /** Sessions of item i: `posting[postingStart[i]]` … */
  postingStart: Int32Array
  posting: Int32Array
}

export interface SessionModel {
  recipe: SessionRecipe
  items: string[]
  index: SessionIndex
}

const Meta = z.object({ recipe: SessionRecipe, items: z.array(z.string()) })

/** Bytes of a session model; `loadSessionModel()` reads them back. */
export function sessionModelBytes({ recipe, items, index }: SessionModel): Uint8Array {
  return packModel("session", { recipe, items }, { ...index })
}

/** @throws ForesightError `invalid_model`. */
export function loadSessionModel(bytes: Uint8Array): SessionModel {
  const packed = unpackModel("session", bytes)
  const meta = Meta.safeParse(packed.meta)
  if (!meta.success) throw new ForesightError("invalid_model", `session model: ${z.prettifyError(meta.error)}`)
  const index = {
    start: packed.array("start", "i4"),
    item: packed.array("item", "i4"),
    at: packed.array("at", "f8"),
    postingStart: packed.array("postingStart", "i4"),
    posting: packed.array("posting", "i4"),
  }
  const items = meta.data.items.length
  const sessions = index.at.length
  const whole =
    isStart(index.start, sessions, index.item.length) &&
    isStart(index.postingStart, items, index.posting.length) &&
    index.item.every((item) => item >= 0 && item < items) &&
    index.posting.every((session) => session >= 0 && session < sessions)
  if (!whole) throw new ForesightError("invalid_model", `session model: its lists do not fit its ${items} items and ${sessions} sessions`)
  return { ...meta.data, index }
}

function isStart(start: Int32Array, rows: number, entries: number): boolean {
  return start.length === rows + 1 && start[0] === 0 && start[rows] === entries && start.every((at, row) => row === 0 || at >= start[row - 1]!)
}
