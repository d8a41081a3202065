import { browserStorage } from "./browser-storage"
import { uniqueId } from "./unique-id"

const VISITOR_KEY = "foresight.visitor"
const SESSION_KEY = "foresight.session"
/** A session ends after as much idleness, as in GA4; ms. */
const SESSION_IDLE_MS = 30 * 60_000

/** Who visits, as far as a browser can say: a visitor id that stays and a session id that ends when idle. Ask only with consent: asking stores them. */
export function createIdentity() {
  const visits = browserStorage("localStorage")
  const sessions = browserStorage("sessionStorage")
  // What storage refuses to keep lives as long as the page.
  let visitor: string | null = null
  let session: string | null = null

  return {
    /** The ids of this moment; the session begins or goes on. */
    current(): { visitor_id: string; session_id: string } {
      const now = Date.now()
      const known = visits.get(VISITOR_KEY)
      visitor = known || visitor || uniqueId()
      if (!known) visits.set(VISITOR_KEY, visitor)
      const [id, at] = (sessions.get(SESSION_KEY) ?? session ?? "").split("|")
      const session_id = id && now - Number(at) < SESSION_IDLE_MS ? id : uniqueId()
      session = `${session_id}|${now}`
      sessions.set(SESSION_KEY, session)
      return { visitor_id: visitor, session_id }
    },
    /** Removes both; the next visitor is a new one. */
    forget(): void {
      visitor = session = null
      visits.remove(VISITOR_KEY)
      sessions.remove(SESSION_KEY)
    },
  }
}
