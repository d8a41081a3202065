import { chainOf, checkReplacement, standingReplacements, type Replacement } from "../../../../src/domain/demand/replacements"

/** `A>B 2026-03-01`: B takes A's place. */
const link = (text: string): Replacement => {
  const [, replacedVariantId = "", variantId = "", fromDay = ""] = /^(\w+)>(\w+) (\S+)$/.exec(text) ?? []
  return { variantId, replacedVariantId, fromDay }
}
const links = (...texts: string[]) => texts.map(link)

describe("checkReplacement()", () => {
  it.each([
    ["the first one", [], "A>B 2026-03-01"],
    ["a chain, by its end", ["A>B 2026-03-01"], "B>C 2026-03-01"],
    ["a chain, by its beginning", ["B>C 2026-03-01"], "A>B 2026-03-01"],
    ["others beside it", ["X>Y 2026-03-01"], "A>B 2020-01-01"],
  ])("lets %s pass", (_case, held, wish) => expect(() => checkReplacement(links(...held), link(wish))).not.toThrow())

  it.each([
    ["itself", [], "A>A 2026-03-01", "invalid_settings", "both A"],
    ["one that has a successor", ["A>B 2026-03-01"], "A>C 2026-03-01", "conflict", "A is replaced by B already"],
    ["a second one by the same", ["A>C 2026-03-01"], "B>C 2026-03-01", "conflict", "C replaces A already"],
    ["its own successor", ["A>B 2026-03-01"], "B>A 2026-04-01", "conflict", "no circle"],
    ["the beginning of a long circle", ["A>B 2026-03-01", "B>C 2026-03-02", "C>D 2026-03-03"], "D>A 2026-04-01", "conflict", "A → B → C → D"],
    ["from a day on which the successor itself is gone", ["B>C 2026-03-01"], "A>B 2026-03-02", "conflict", "2026-03-01"],
    ["from a day on which it has no place yet itself", ["A>B 2026-03-02"], "B>C 2026-03-01", "conflict", "2026-03-02"],
  ])("refuses to replace %s, and says what is in the way", (_case, held, wish, code, message) => {
    let refusal: unknown
    try {
      checkReplacement(links(...held), link(wish))
    } catch (error) {
      refusal = error
    }
    expect(refusal).toMatchObject({ code, message: expect.stringContaining(message) as string })
  })
})

describe("chainOf()", () => {
  it("names a variant and its successors in their order", () => expect(chainOf(links("B>C 2026-03-01", "A>B 2026-02-01"), "A")).toEqual(["A", "B", "C"]))
  it("ends where a circle would close", () => expect(chainOf(links("A>B 2026-03-01", "B>A 2026-03-01"), "A")).toEqual(["A", "B"]))
})

describe("standingReplacements()", () => {
  const held = links("A>B 2026-01-01", "B>C 2026-02-01", "X>Y 2026-01-01")
  const standing = (...there: string[]) => standingReplacements(held, (id) => there.includes(id)).map((one) => `${one.replacedVariantId}>${one.variantId}`)
  it("keeps a chain whose last one is there, whoever else is gone", () => expect(standing("C", "Y")).toEqual(["A>B", "B>C", "X>Y"]))
  it("lets the one before the last stand again where the last is gone", () => expect(standing("A", "B", "Y")).toEqual(["A>B", "X>Y"]))
  it("drops what leads nowhere", () => expect(standing("A")).toEqual([]))
})
