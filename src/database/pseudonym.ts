import { hash } from "node:crypto"

/** The name an import gives a person whom the shop does not know: a hash of what the file calls them, so that what they bought stays together and names nobody.
 * An email is taken without regard to case and outer blanks: one person however files spell them, and found when they are erased. */
export const pseudonymOf = (ref: string): string => pseudonymAsSpelled(ref.includes("@") ? ref.trim().toLowerCase() : ref)

/** The same of the very letters: how imports named people before all spellings of an email were one. */
export const pseudonymAsSpelled = (ref: string): string => `ref:${hash("sha256", ref, "hex")}`
