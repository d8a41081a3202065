/** Whose orders, and orders of what, are tests of the shop itself. */
export interface TestOrderSettings {
  /** Addresses, compared without regard to case. */
  emails: string[]
  /** What stands behind the @; subdomains belong to it. */
  emailDomains: string[]
  /** Compared without regard to case. */
  skus: string[]
}

export const NO_TEST_ORDERS: TestOrderSettings = { emails: [], emailDomains: [], skus: [] }

const tidy = (words: readonly string[], change: (word: string) => string) => [...new Set(words.map((word) => change(word.trim())).filter(Boolean))].sort()
const lower = (word: string) => word.toLowerCase()

/** Settings as they are kept: trimmed, without doubles, sorted; addresses and domains in lower case, a domain without its @. */
export function tidyTestOrderSettings({ emails, emailDomains, skus }: TestOrderSettings): TestOrderSettings {
  const domains = tidy(emailDomains, (domain) => lower(domain).replace(/^@/, ""))
  const bySku = new Map(tidy(skus, (sku) => sku).map((sku) => [lower(sku), sku]))
  return { emails: tidy(emails, lower), emailDomains: domains, skus: [...bySku.values()].sort() }
}

/** Why a customer's orders are tests, in plain words; `null` where they are not. @param email Of the customer or the order. */
export function testCustomerReason(email: string | null, { emails, emailDomains }: TestOrderSettings): string | null {
  const address = email?.trim().toLowerCase()
  if (!address) return null
  if (emails.some((one) => one.toLowerCase() === address)) return "the email address is on the list of test orders"
  const domain = address.slice(address.lastIndexOf("@") + 1)
  const listed = emailDomains.map(lower).find((one) => domain === one || domain.endsWith(`.${one}`))
  return address.includes("@") && listed ? `the email domain ${listed} is on the list of test orders` : null
}
