import { channelOutlook } from "../../../../src/domain/demand/channel-outlook"

const weeks = (units: Record<string, number[]>) => new Map(Object.entries(units))
const always = (units: number, length = 52) => new Array<number>(length).fill(units)
/** Surely so many. */
const surely = (units: number) => ({ mean: units, low: units, high: units })

describe("channelOutlook()", () => {
  it("divides the forecast by the channels' shares of what was sold, the largest first, and adds up to it", () => {
    const [web, till] = channelOutlook(weeks({ till: always(1), web: always(3) }), surely(40), 4)
    // all weeks weigh w = Σ 0.5^(age/26); of 4w + 1 units the web has 3w + 0.5
    const w = always(1).reduce((sum, one, age) => sum + one * 0.5 ** (age / 26), 0)
    expect([web, till]).toMatchObject([
      { salesChannelId: "web", sold: 12, share: expect.closeTo((3 * w + 0.5) / (4 * w + 1), 10) as number },
      { salesChannelId: "till", sold: 4 },
    ])
    expect(web!.share + till!.share).toBeCloseTo(1, 12)
    expect(web!.next.mean + till!.next.mean).toBeCloseTo(40, 10)
  })

  it("weighs a unit of half a year ago half", () => {
    const [lately] = channelOutlook(weeks({ old: [80, ...always(0, 26)], lately: [...always(0, 26), 80] }), surely(10), 4)
    expect(lately).toMatchObject({ salesChannelId: "lately", share: expect.closeTo(80.5 / 121, 10) as number, sold: 80 }) // 40.5 of the older one
  })

  it("has the range of single units where shares are steady", () => {
    // p = 1/2, ω = 1, n = 20 · 28.5 + 1: variance 100·½·½·(1 + 100/n) = 29.4, less than the mean of 50, so Poisson, whose 0.1 and 0.9 are 41 and 59
    const [one] = channelOutlook(weeks({ a: always(10), b: always(10) }), surely(100), 4)
    expect(one?.next).toEqual({ mean: 50, low: 41, high: 59 })
  })

  it("has a wider range where shares jump from week to week, where the forecast is unsure, and where little was sold", () => {
    const width = (units: Record<string, number[]>, next = surely(100)) => channelOutlook(weeks(units), next, 4)[0]!.next.high - channelOutlook(weeks(units), next, 4)[0]!.next.low
    const steady = width({ a: always(10), b: always(10) })
    const jumping = always(0).map((_, week) => (week % 2 ? 20 : 0))
    expect(width({ a: jumping, b: jumping.map((units) => 20 - units) })).toBeGreaterThan(2 * steady)
    expect(width({ a: always(10), b: always(10) }, { mean: 100, low: 40, high: 160 })).toBeGreaterThan(2 * steady)
    expect(width({ a: [1, 0], b: [0, 1] })).toBeGreaterThan(2 * steady)
  })

  it("says nothing where fewer than two channels sold, and counts nothing negative", () => {
    expect(channelOutlook(new Map(), surely(3), 4)).toEqual([])
    expect(channelOutlook(weeks({ web: always(3), till: always(0), fair: always(-2) }), surely(3), 4)).toEqual([])
  })

  it("expects nothing of any where nothing is expected, and stays finite where it is huge", () => {
    const sold = weeks({ a: [1e12, 1], b: [2, 1e12] })
    for (const { next } of channelOutlook(sold, surely(0), 4)) expect(next).toEqual({ mean: 0, low: 0, high: 0 })
    for (const { next } of channelOutlook(sold, surely(1e12), 4)) expect(Object.values(next).every(Number.isFinite)).toBe(true)
  })
})
