import { inhumanPace, nextPace } from "../../../src/domain/visitor-pace"
import type { VisitorPace } from "../../../src/domain/visitor-pace"
import fc from "../../support/properties"

const START = Date.UTC(2026, 2, 10, 12)
/** Verdicts over events at the given times, ms after the start. */
function verdicts(times: readonly number[]): boolean[] {
  let pace: VisitorPace | undefined
  return times.map((time) => {
    pace = nextPace(pace, START + time)
    return inhumanPace(pace, START + time) !== null
  })
}
const every = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms)

describe("nextPace() and inhumanPace()", () => {
  it("believes 100 events in ten seconds, and not the 101st", () => expect(verdicts([...every(50, 100), 9_000]).lastIndexOf(false)).toBe(99))

  // 5 a second: 50 in ten seconds, the 301st event comes in the second minute
  it("believes five events a second for ever", () => expect(verdicts(every(200, 3_000))).not.toContain(true))

  // 8 a second: 80 in ten seconds, 480 a minute
  it("does not believe eight events a second for a minute", () => expect(verdicts(every(125, 480)).indexOf(true)).toBe(300))

  it("goes on disbelieving for half an hour after the last event that was too fast", () => {
    const flood = every(10, 101) // the last at 1,000 ms
    const later = (minutes: number) => verdicts([...flood, 1_000 + minutes * 60_000]).at(-1)
    expect([later(29), later(30), later(60)]).toEqual([true, false, false])
  })

  it("believes an offline queue that arrives at once, since its times lie apart", () => expect(verdicts(every(1_000, 500))).not.toContain(true))

  it("never disbelieves a visitor with 100 events or fewer, whatever their times and order", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { maxLength: 100 }), (times) => !verdicts(times).includes(true)), { numRuns: 1_000 })
  })
})
