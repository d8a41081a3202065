import { demandDetail } from "../../../../src/modules/foresight/demand-detail"
import type { DemandPicture } from "../../../../src/modules/foresight/demand-picture"
import { pictureSeries } from "../../../support/picture-series"
import { someSettings } from "../../../support/demand-builders"

const FIRST_DAY = "2026-03-02"

/** One variant, whose demand of the last weeks is this; out of stock for two days of every week of the year. */
const detailOf = (demand: number[], firstWeek: string, sold: { week: number; salesChannelId: string; units: number }[] = []) => {
  const none = async () => []
  const stores = {
    demand: { rowsForPanel: none },
    demandWeeks: { sold: async () => sold, outOfStock: async () => Array.from({ length: 52 }, (_, week) => ({ week, days: 2 })) },
    forecastHistory: { said: none },
    promotions: { seenBetween: none },
    prices: { listed: none },
    settings: { of: none },
  } as unknown as Parameters<typeof demandDetail>[0]["stores"]
  const member = pictureSeries({ demand, firstWeek }, 0)
  const picture: DemandPicture = { firstDay: FIRST_DAY, series: [member], categories: new Map(), overrides: [], soldLately: new Map() }
  const context = { stores, defaults: someSettings(), timeZone: "UTC", now: () => new Date(`${FIRST_DAY}T08:00:00Z`), defaultLocationId: "l1" }
  return demandDetail(context, picture, { level: "variant", id: "v1", locationId: undefined }, [member])
}

describe("demandDetail()", () => {
  it("lacks stock only since it was there", async () => {
    // three weeks ago, after a week of which nothing is known
    const { history } = await detailOf([NaN, 5, NaN, 4], "2026-02-02")
    expect(history.map(({ outOfStock }) => outOfStock)).toEqual([...new Array<number>(49).fill(0), 2 / 7, 2 / 7, 2 / 7])
    expect(history.slice(-4).map(({ demand }) => demand)).toEqual([null, 5, null, 4])
  })

  it("adds channels up to weeks, and divides what is ahead among them", async () => {
    const sold = [49, 50, 51].flatMap((week) => [{ week, salesChannelId: "web", units: 6 }, { week, salesChannelId: "", units: 4 }])
    const { history, next, channels } = await detailOf([10, 10, 10], "2026-02-09", sold)
    expect(history.slice(-4).map((week) => week.sold)).toEqual([0, 10, 10, 10])
    expect(next).toMatchObject({ sold: 30, mean: 40 })
    expect(channels.map(({ salesChannelId, sold: lately }) => [salesChannelId, lately])).toEqual([["web", 18], ["", 12]])
    expect(channels.reduce((sum, channel) => sum + channel.next.mean, 0)).toBeCloseTo(40, 9)
  })

  it("may have lacked it all year where nothing at all is known of the demand", async () => {
    const { history } = await detailOf([NaN], "2026-02-23")
    expect(new Set(history.map(({ outOfStock }) => outOfStock))).toEqual(new Set([2 / 7]))
  })
})
