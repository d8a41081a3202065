import { ForesightError } from "../../../../../../../domain/errors"
import { EventKeyParams } from "../../../validators"

/** The line that a path names; the id may hold slashes, written `%2F`. @throws ForesightError `invalid_event` */
export function eventKeyOf(params: Record<string, string | undefined>): { day: string; eventId: string } {
  const parsed = EventKeyParams.safeParse({ day: params.day, event_id: params.eventId })
  if (parsed.success) return { day: parsed.data.day, eventId: parsed.data.event_id }
  const issue = parsed.error.issues[0]
  throw new ForesightError("invalid_event", `${issue?.path.join(".") ?? "path"}: ${issue?.message ?? "invalid"}`)
}
