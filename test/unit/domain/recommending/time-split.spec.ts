import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { splitByTime } from "../../../../src/domain/recommending/time-split"
import { interaction } from "../../../support/interaction-builders"

const DAY = (day: number) => Date.UTC(2026, 0, 1 + day) / 1000
const onDays = (days: number[]) => buildInteractionTable(days.map((day, at) => interaction({ day, productId: `p${at}` })))

describe("splitByTime()", () => {
  it("cuts at the 0.8 and 0.9 quantiles of time", () => {
    expect(splitByTime(onDays([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toEqual({ validation: 8, test: 9, validationFrom: DAY(8), testFrom: DAY(9), end: DAY(9) })
  })
  it("keeps an instant whole", () => {
    expect(splitByTime(onDays([0, 1, 2, 3, 4, 5, 7, 7, 7, 9]))).toMatchObject({ validation: 6, test: 9 })
  })
  it.each([[[]], [[0, 0, 0, 0]], [[0, 0, 0, 0, 0, 0, 0, 0, 5, 5]].slice(0, 1)])("refuses days without a before, between and after: %j", (days) => {
    expect(() => splitByTime(onDays(days))).toThrow("do not spread over enough time")
  })
})
