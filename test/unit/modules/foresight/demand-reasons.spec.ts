import { REASON_GROUPS, type ReasonGroup } from "../../../../src/domain/demand/explain/explain-forecasts"
import { reasonsOf } from "../../../../src/modules/foresight/demand-reasons"

const reasons = (units: Partial<Record<ReasonGroup, number>>) => REASON_GROUPS.map((group) => ({ group, units: units[group] ?? 0 }))
const member = (longRun: number, units: Partial<Record<ReasonGroup, number>>, periods = 4) => ({ modelMean: [5, 5], reasons: { periods, longRun, reasons: reasons(units) } })

describe("reasonsOf()", () => {
  it("adds up the reasons of a group's series", () => {
    const found = reasonsOf([member(2, { trend: 4 }), member(3, { trend: 4, season: 4 })])
    // 4 · 2 + 4 = 12 and 4 · 3 + 8 = 20
    expect(found).toMatchObject({ weeks: 4, longRun: 5, expected: 32, reasons: reasons({ trend: 8, season: 4 }), remark: { code: "above_usual", usual: 20 } })
    expect(found?.sentence).toBe("The next 4 weeks should sell about 32, 12 more than usual, mostly: how it sold lately (+8), the season (+4).")
  })
  it("says nothing where a part is missing, or speaks of other weeks", () => {
    expect(reasonsOf([member(2, {}), { modelMean: [1], reasons: null }])).toBeNull()
    expect(reasonsOf([member(2, {}), member(2, {}, 3)])).toBeNull()
    expect(reasonsOf([])).toBeNull()
  })
  it("takes what nothing is expected of as adding nothing", () => expect(reasonsOf([member(2, {}), { modelMean: [0, 0], reasons: null }])).toMatchObject({ expected: 8 }))
})
