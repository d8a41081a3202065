import { panelPart, panelSample } from "../../../../src/domain/demand/panel-part"
import { smallPanel } from "../../../support/demand-panels"

describe("panelPart()", () => {
  it("picks series with what belongs to them", () => {
    const whole = smallPanel({ series: 3, periods: 4 })
    const ahead = [1, 2, 3].map((value) => new Float64Array(6).fill(value))
    const part = panelPart({ ...whole, known: [{ name: "promotion", values: ahead }], statics: [{ name: "brand", values: ["a", null, "c"] }] }, [2, 0])
    expect(part.series).toEqual([whole.series[2], whole.series[0]])
    expect(part.known).toEqual([{ name: "promotion", values: [ahead[2], ahead[0]] }])
    expect(part.statics).toEqual([{ name: "brand", values: ["c", "a"] }])
    expect(part.periods).toBe(whole.periods)
  })
  it("picks with a column since when it was known", () => {
    const known = { name: "promotion", values: [new Float64Array(6), new Float64Array(6).fill(1)], since: [new Int32Array(6), new Int32Array(6).fill(2)] }
    expect(panelPart({ ...smallPanel({ series: 2, periods: 4 }), known: [known] }, [1]).known).toEqual([{ name: "promotion", values: [known.values[1]], since: [known.since[1]] }])
  })
  it("invents no columns", () => expect(panelPart(smallPanel(), [0])).not.toHaveProperty("known"))
})

describe("panelSample()", () => {
  it("takes one series of each equal stretch, and the panel itself where it has no more than wanted", () => {
    const panel = smallPanel({ series: 12 })
    const numbers = panelSample(panel, 4).series.map(({ seriesId }) => Number(seriesId.slice(1)))
    expect(numbers.map((number) => Math.floor(number / 3))).toEqual([0, 1, 2, 3])
    expect(panelSample(panel, 4)).toEqual(panelSample(panel, 4))
    expect(panelSample(panel, 12)).toBe(panel)
  })
})
