import { ForesightError } from "../../../domain/errors"
import { STORABLE } from "../../../domain/events"

type Params = Record<string, string | undefined>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id of a row of ours in a path `…/:id`. @throws ForesightError `not_found` for what is no UUID: Postgres would not take it for one. */
export const uuidOf = (params: Params, what: string): string => idLike(UUID, params, what)

/** The id of something of Medusa in a path `…/:id`. @throws ForesightError `not_found` for text that Postgres cannot keep, so that nothing has such an id. */
export const medusaIdOf = (params: Params, what: string): string => idLike(STORABLE, params, what)

function idLike(pattern: RegExp, { id = "" }: Params, what: string): string {
  if (!pattern.test(id)) throw new ForesightError("not_found", `${what} ${JSON.stringify(id)} was not found`)
  return id
}
