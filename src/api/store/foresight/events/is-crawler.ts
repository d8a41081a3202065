import { createIsbotFromList, isbotPatterns, list } from "isbot"

/** isbot holds every agent that is a single name and version for a bot; a shop's own app has such a one. */
const tooWide = new Set(isbotPatterns("ShopApp/3.2"))
const isListed = createIsbotFromList(list.filter((pattern) => !tooWide.has(pattern)))
/** A storefront's server (Node's fetch) and an Android app, which isbot lists. */
const SENDERS = /^(?:node|okhttp\/[\d.]+)$/i

/** Whether a `User-Agent` is a crawler's, a headless browser's or a script's; none at all is not. */
export const isCrawler = (userAgent: string | undefined): boolean => userAgent !== undefined && isListed(userAgent) && !SENDERS.test(userAgent)
