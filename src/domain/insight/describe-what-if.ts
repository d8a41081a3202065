import type { WhatIfAnswer } from "../demand/what-if"

interface WhatIfFacts extends Pick<WhatIfAnswer, "without" | "with" | "refusal" | "isBeyondSeen"> {
  /** Relative; `null` for a promotion. */
  priceChange: number | null
  weeks: number
}

/** The answer to "what if" as plain English sentences; a refusal says what is missing, and that it is this shop's history that lacks it. */
export function describeWhatIf({ without, with: changed, refusal, isBeyondSeen, priceChange, weeks }: WhatIfFacts): string {
  const span = `in ${weeks} ${weeks === 1 ? "week" : "weeks"}`
  if (refusal !== null || changed === null) return `${refusalWords(refusal ?? "not_known")} About ${plain(without.mean)} are expected ${span} as things are.`
  const cause = priceChange === null ? "In a promotion like those before" : `At a price ${percent(priceChange)}`
  const answer = `${cause} about ${plain(changed.mean)} (${plain(changed.low)}–${plain(changed.high)}) would sell ${span}, instead of ${plain(without.mean)}.`
  return isBeyondSeen ? `${answer} It never had such a price: this goes beyond what the history shows.` : answer
}

function refusalWords(refusal: NonNullable<WhatIfAnswer["refusal"]>): string {
  switch (refusal) {
    case "never_moved":
      return "Its price never changed, so this shop's history does not show what another price would do."
    case "no_promotion":
      return "It was in no promotion yet, so this shop's history does not show what one would do."
    case "not_shown":
      return "This shop's history does not show whether it sells more or less then: what was seen fits both."
    case "planned":
      return "A promotion is planned for all of this time, and counted already."
    case "not_known":
      return "Nobody has looked at its prices yet; the next forecast run does."
  }
}

const percent = (change: number) => `${Math.round(1000 * Math.abs(change)) / 10}% ${change < 0 ? "lower" : "higher"}`
const plain = (units: number) => String(units >= 10 ? Math.round(units) : Math.round(units * 10) / 10)
