import { emptyOverride, readOverride } from "../../../../admin-extensions/components/override-fields"

const form = { ...emptyOverride("2026-03-02", "l1"), text: "12" }
const named = { variant_id: "v1", location_id: "l1", from_day: "2026-03-02", to_day: "2026-03-29" }

describe("readOverride()", () => {
  it("opens with the four weeks of the forecast", () => expect(readOverride(form, "v1")).toEqual({ wish: { ...named, units_per_week: 12 } }))
  it("reads percent as a factor, a comma as the decimal point, and leaves an empty note out", () => {
    expect(readOverride({ ...form, kind: "percent", text: "112,5", note: "  " }, "v1")).toEqual({ wish: { ...named, factor: 1.125 } })
    expect(readOverride({ ...form, text: " 0 ", note: " fair " }, "v1")).toEqual({ wish: { ...named, units_per_week: 0, note: "fair" } })
  })
  it.each(["", "many", "-1", "1e99", "1.2.3"])("refuses %j", (text) => expect(readOverride({ ...form, text }, "v1")).toEqual({ problem: "number" }))
  it("refuses percent beyond what the server takes", () => expect(readOverride({ ...form, kind: "percent", text: "10001" }, "v1")).toEqual({ problem: "number" }))
  it("refuses days in the wrong order or none", () => {
    expect(readOverride({ ...form, to: "2026-03-01" }, "v1")).toEqual({ problem: "days" })
    expect(readOverride({ ...form, from: "" }, "v1")).toEqual({ problem: "days" })
  })
})
