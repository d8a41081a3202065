import { trainingDue, type KindState } from "../../../activities/training-due"

const state = (own: Partial<KindState>): KindState => ({ kind: "demand", hasData: true, lastTrained: null, lastTried: null, ...own })
const due = (own: Partial<KindState>, all = false) => trainingDue([state(own)], "2026-03-15", all).length === 1

describe("trainingDue()", () => {
  it("trains what was never trained", () => expect(due({})).toBe(true))
  it("leaves a kind without data alone, even when all are asked for", () => {
    expect(due({ hasData: false })).toBe(false)
    expect(due({ hasData: false }, true)).toBe(false)
  })
  it("trains again after a week, not before", () => {
    expect(due({ lastTrained: "2026-03-08", lastTried: "2026-03-08" })).toBe(true)
    expect(due({ lastTrained: "2026-03-09", lastTried: "2026-03-09" })).toBe(false)
    expect(due({ lastTrained: "2026-03-14" }, true)).toBe(true)
  })
  it("tries a kind that has only failed once a day", () => {
    expect(due({ lastTried: "2026-03-15" })).toBe(false)
    expect(due({ lastTried: "2026-03-14" })).toBe(true)
  })
  it("keeps the order demand, taste, session", () =>
    expect(trainingDue([state({ kind: "session" }), state({ kind: "demand" })], "2026-03-15", false)).toEqual(["demand", "session"]))
})
