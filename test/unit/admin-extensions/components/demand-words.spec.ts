import { createInstance } from "i18next"
import { reasonsText, signedAbout } from "../../../../admin-extensions/components/demand-words"
import { formats } from "../../../../admin-extensions/hooks/formats"
import texts from "../../../../admin-extensions/i18n"
import type { DemandReasonsAnswer } from "../../../../src/api/answers"

const answer = (more: Partial<DemandReasonsAnswer>): DemandReasonsAnswer => ({
  weeks: 4,
  long_run: 10,
  expected: 52.4,
  reasons: [],
  code: "above_usual",
  because: [
    { group: "season", units: 14 },
    { group: "price", units: -1.6 },
  ],
  sentence: "",
  ...more,
})

describe("reasonsText()", () => {
  const say = async (language: "en" | "de", more: Partial<DemandReasonsAnswer> = {}) => {
    const i18n = createInstance()
    await i18n.init({ lng: language, resources: texts, ns: ["foresight"], defaultNS: "foresight", interpolation: { escapeValue: false } })
    return reasonsText(i18n.t, formats(language), answer(more))
  }

  it("says as much in English as the API does", async () => {
    expect(await say("en")).toBe("The next 4 weeks should sell about 52, 12 more than usual, mostly: the season (+14), its price (−1.6).")
    expect(await say("en", { weeks: 1, long_run: 60, code: "below_usual", because: [] })).toBe("The next week should sell about 52, 7.6 fewer than usual.")
    expect(await say("en", { expected: 41, code: "as_usual" })).toBe("The next 4 weeks should sell about 41, about as usual; what counts: the season (+14), its price (−1.6).")
  })
  it("says it in German", async () => {
    expect(await say("de")).toBe("In den nächsten 4 Wochen sollten sich etwa 52 verkaufen, 12 mehr als üblich, vor allem: die Saison (+14), der Preis (−1,6).")
  })
  it("says nothing where there is nothing to say", async () => expect(await say("en", { code: null, because: [] })).toBe(""))
})

describe("signedAbout()", () => {
  it("rounds to whole units from ten on", () => expect([12.6, -3.26, 0.04].map((units) => signedAbout(formats("en"), units))).toEqual(["+13", "−3.3", "0"]))
})
