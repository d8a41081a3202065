import { describeLenders, describeNewcomer, type NewcomerFacts } from "../../../../src/domain/insight/describe-newcomer"

const facts = (more: Partial<NewcomerFacts> = {}): NewcomerFacts => ({ knownWeeks: 0, hasCategory: true, ofCategory: 18, ofPrice: 6, ofTitle: ["Owl cup", "Owl jug"], perWeek: { mean: 4.25, low: 0.81, high: 12.4 }, ...more })

describe("describeNewcomer()", () => {
  it.each<[string, Partial<NewcomerFacts>, string]>([
    ["what has not sold", {}, "Not sold yet: 18 others of its category were new before it, 6 of them at a similar price. When they were new such items sold about 4.3 a week, eight of ten between 0.8 and 12. Most alike by name: Owl cup; Owl jug."],
    ["what sells since a week", { knownWeeks: 1, ofTitle: [], ofPrice: 0 }, "Known for 1 week: 18 others of its category were new before it. When they were new such items sold about 4.3 a week, eight of ten between 0.8 and 12."],
    ["what is the first of its category", { ofCategory: 0, ofPrice: 0, ofTitle: [] }, "Not sold yet: none of its category was new before it, so it is compared with the whole shop. When they were new such items sold about 4.3 a week, eight of ten between 0.8 and 12."],
    ["what has no category", { knownWeeks: 3, hasCategory: false, ofTitle: [] }, "Known for 3 weeks: 18 others without a category were new before it, 6 of them at a similar price. When they were new such items sold about 4.3 a week, eight of ten between 0.8 and 12."],
  ])("says of %s from whom it borrows and what such items sell", (_case, more, sentence) => expect(describeNewcomer(facts(more))).toBe(sentence))
})

describe("describeLenders()", () => {
  it("says from whom a forecast borrows", () => {
    expect(describeLenders(facts())).toBe("Too new to tell by itself: 18 others of its category were new before it, 6 of them at a similar price. Most alike by name: Owl cup; Owl jug.")
    expect(describeLenders(facts({ ofCategory: 0, ofPrice: 0, ofTitle: [] }))).toBe("Too new to tell by itself: none of its category was new before it, so it is compared with the whole shop.")
  })
})
