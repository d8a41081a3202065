import { describeWhatIf } from "../../../../src/domain/insight/describe-what-if"

const facts = { without: { mean: 40, low: 30, high: 52 }, with: { mean: 52.4, low: 38, high: 70 }, refusal: null, isBeyondSeen: false, priceChange: -0.1, weeks: 2 }

describe("describeWhatIf()", () => {
  it.each([
    ["another price", facts, "At a price 10% lower about 52 (38–70) would sell in 2 weeks, instead of 40."],
    ["a higher one for a week", { ...facts, priceChange: 0.025, weeks: 1 }, "At a price 2.5% higher about 52 (38–70) would sell in 1 week, instead of 40."],
    ["a promotion", { ...facts, priceChange: null }, "In a promotion like those before about 52 (38–70) would sell in 2 weeks, instead of 40."],
    ["a price it never had", { ...facts, isBeyondSeen: true }, "At a price 10% lower about 52 (38–70) would sell in 2 weeks, instead of 40. It never had such a price: this goes beyond what the history shows."],
    [
      "a history that fits both ways",
      { ...facts, with: null, refusal: "not_shown" as const },
      "This shop's history does not show whether it sells more or less then: what was seen fits both. About 40 are expected in 2 weeks as things are.",
    ],
    [
      "a price that never changed",
      { ...facts, with: null, refusal: "never_moved" as const, without: { mean: 1.25, low: 0, high: 3 } },
      "Its price never changed, so this shop's history does not show what another price would do. About 1.3 are expected in 2 weeks as things are.",
    ],
  ])("says of %s what is known", (_case, given, sentence) => expect(describeWhatIf(given)).toBe(sentence))

  it.each(["no_promotion", "not_known", "planned"] as const)("has words for %s", (refusal) => expect(describeWhatIf({ ...facts, with: null, refusal })).toMatch(/^[A-Z].*\. About 40 are expected in 2 weeks as things are\.$/))
})
