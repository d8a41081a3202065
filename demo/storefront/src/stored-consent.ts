import type { Consent } from "medusa-plugin-foresight/client"

const KEY = "shop.consent"
const CHOICES: readonly string[] = ["granted", "anonymous", "denied"] satisfies Consent[]
const isConsent = (text: string | null): text is Consent => text !== null && CHOICES.includes(text)

/** What the visitor chose on an earlier visit, as a consent manager would remember it; `null` before the first choice. */
export function storedConsent(): Consent | null {
  const stored = localStorage.getItem(KEY)
  return isConsent(stored) ? stored : null
}

export const storeConsent = (consent: Consent): void => localStorage.setItem(KEY, consent)
