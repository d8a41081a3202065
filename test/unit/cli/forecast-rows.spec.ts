import { headerLine, parseQuantiles, parseSums, periodLines, periodRows, reasonsHeader, reasonsLine, sumLines, type RowLayout } from "../../../src/cli/forecast-rows"
import { REASON_GROUPS } from "../../../src/domain/demand/explain/explain-forecasts"
import { QUANTILE_LEVELS, type DemandForecast } from "../../../src/domain/demand/types"

const layout: RowLayout = { levels: [0.1, 0.5], frequency: "day", dates: ["2026-01-01", "2026-01-02"], hasLocations: false, isWhole: false }
/** Quantiles a hundred times their level, then two hundred times. */
const forecast: DemandForecast = {
  seriesId: "a",
  mean: Float64Array.of(50.123456, 100),
  quantiles: Float64Array.from([...QUANTILE_LEVELS.map((level) => 100 * level), ...QUANTILE_LEVELS.map((level) => 200 * level)]),
}

describe("rows of a forecast", () => {
  it("hold key, date, mean and the levels asked for", () => {
    expect(headerLine(layout, "date") + periodLines({ itemId: "a", locationId: null }, forecast, layout)).toBe("item_id,date,mean,q0.1,q0.5\na,2026-01-01,50.1235,10,50\na,2026-01-02,100,20,100\n")
  })
  it("quote what CSV would misread", () => {
    expect(periodLines({ itemId: 'mug, 11" tall', locationId: null }, forecast, layout)).toMatch(/^"mug, 11"" tall",2026-01-01,/)
  })
  it("name the location where the file does", () => {
    const located = { ...layout, hasLocations: true }
    expect(headerLine(located, "horizon")).toBe("item_id,location_id,horizon,mean,q0.1,q0.5\n")
    expect(sumLines({ itemId: "a", locationId: "x" }, [{ periods: 2, mean: 7, quantiles: forecast.quantiles.slice(0, QUANTILE_LEVELS.length) }], located)).toBe("a,x,2,7,10,50\n")
    expect(periodRows({ itemId: "a", locationId: "x" }, forecast, located)[0]).toEqual({ item_id: "a", location_id: "x", date: "2026-01-01", mean: 50.1235, "q0.1": 10, "q0.5": 50 })
  })
  it("give whole quantiles of counts, and means as they are", () => {
    const whole = { ...layout, isWhole: true, levels: [0.025, 0.05, 0.5] }
    expect(periodLines({ itemId: "a", locationId: null }, forecast, whole).split("\n")[0]).toBe("a,2026-01-01,50.1235,3,5,50")
  })
  it("say in figures and in one sentence why as many are expected", () => {
    const reasons = REASON_GROUPS.map((group) => ({ group, units: group === "trend" ? 4.00001 : group === "stock_out" ? 2.5 : 0 }))
    expect(reasonsHeader(layout) + reasonsLine({ itemId: "a", locationId: null }, { periods: 2, longRun: 5, reasons }, null, layout)).toBe(
      "item_id,periods,expected,long_run,trend,season,calendar,price,stock_out,other,sentence\n" +
        'a,2,16.5,5,4,0,0,0,2.5,0,"The next 2 days should sell about 17, 6.5 more than usual, mostly: how it sold lately (+4), what could not be sold for lack of stock (+2.5)."\n'
    )
  })
  it("never let levels cross", () => {
    const crossed = { ...forecast, quantiles: Float64Array.from(QUANTILE_LEVELS, (level) => 10 - level) }
    expect(periodLines({ itemId: "a", locationId: null }, crossed, { ...layout, dates: ["2026-01-01"] })).toBe("a,2026-01-01,50.1235,9.9,9.9\n")
  })
})

describe("parseQuantiles()", () => {
  it("orders levels and takes each once", () => expect(parseQuantiles("0.9, 0.1,0.90")).toEqual([0.1, 0.9]))
  it.each(["0", "1", "0.5,", "x", "0.9995", "-0.1"])("refuses %j", (text) => expect(() => parseQuantiles(text)).toThrow("expected levels from 0.001 to 0.999"))
})

describe("parseSums()", () => {
  it("takes the whole horizon, or the numbers given", () => {
    expect(parseSums(undefined, 4)).toEqual([])
    expect(parseSums(true, 4)).toEqual([4])
    expect(parseSums("4,1,2,1", 4)).toEqual([1, 2, 4])
  })
  it.each(["0", "5", "1.5", "", "all"])("refuses %j", (text) => expect(() => parseSums(text, 4)).toThrow("expected whole numbers from 1 to the horizon of 4"))
})
