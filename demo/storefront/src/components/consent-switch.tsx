import type { Consent } from "medusa-plugin-foresight/client"
import { useForesight } from "medusa-plugin-foresight/react"
import { useState } from "react"
import { storeConsent, storedConsent } from "../stored-consent"

const CHOICES: { consent: Consent; label: string; meaning: string }[] = [
  { consent: "granted", label: "Remember me", meaning: "events carry a visitor and a session id; shelves follow what you do" },
  { consent: "anonymous", label: "Count only", meaning: "events without any id, nothing stored in this browser" },
  { consent: "denied", label: "Nothing", meaning: "nothing is sent, nothing is stored" },
]

/** What a consent manager would do: ask once, remember, tell Foresight. */
export function ConsentSwitch() {
  const { setConsent } = useForesight()
  const [chosen, setChosen] = useState(storedConsent)
  const choose = (consent: Consent) => {
    storeConsent(consent)
    setConsent(consent)
    setChosen(consent)
  }
  return (
    <fieldset className={chosen ? "consent" : "consent asking"} data-testid="consent">
      <legend>{chosen ? "You allow" : "May this shop learn from your visit?"}</legend>
      {CHOICES.map(({ consent, label, meaning }) => (
        <label key={consent} title={meaning}>
          <input type="radio" name="consent" value={consent} checked={chosen === consent} onChange={() => choose(consent)} />
          {label}
        </label>
      ))}
      <small>{CHOICES.find(({ consent }) => consent === chosen)?.meaning ?? "until you choose, events wait in this page and are not sent"}</small>
    </fieldset>
  )
}
