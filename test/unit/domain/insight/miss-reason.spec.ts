import { missReason, type MissFacts } from "../../../../src/domain/insight/miss-reason"

const facts = (own: Partial<MissFacts>): MissFacts => ({ sold: 40, mean: 10, high: 15, outOfStock: 0, hadNewPromotion: false, largestOrder: 0, isNew: false, ...own })

describe("missReason()", () => {
  it.each<[string, Partial<MissFacts>, string]>([
    ["too little while it was out of stock", { sold: 2, outOfStock: 0.4 }, "out_of_stock"],
    ["too much though it was out of stock for a while", { outOfStock: 0.4 }, "unexplained"],
    ["too much in a promotion that nobody had planned", { hadNewPromotion: true, largestOrder: 35 }, "unplanned_promotion"],
    ["too little in spite of a promotion", { sold: 1, hadNewPromotion: true }, "unexplained"],
    ["one order without which it had stayed in the band", { largestOrder: 30 }, "large_order"],
    ["a large order without which it were too much all the same", { sold: 60, largestOrder: 40 }, "unexplained"],
    ["many orders of a common size", { largestOrder: 4 }, "unexplained"],
    ["a newcomer", { isNew: true }, "newcomer"],
  ])("of %s", (_what, own, reason) => expect(missReason(facts(own))).toBe(reason))
})
