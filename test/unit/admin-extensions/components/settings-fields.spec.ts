import { formState, readField, SETTING_FIELDS } from "../../../../admin-extensions/components/settings-fields"

const field = (name: string) => SETTING_FIELDS.find((one) => one.name === name) ?? fail(name)
const fail = (name: string): never => {
  throw new Error(`no field ${name}`)
}
const typed = (text: string) => ({ useDefault: false, text })
const defaults = { lead_time_days: 14, lead_time_sd_days: 0, review_days: 7, service_level: 0.95, cover_days: 14, moq: 0, pack_size: 0 }
const own = { lead_time_days: null, lead_time_sd_days: null, review_days: 10, service_level: 0.57, cover_days: null, moq: null, pack_size: null }

describe("formState()", () => {
  it("shows the default, switched off, where the shop has no setting", () => expect(formState(own, defaults).lead_time_days).toEqual({ useDefault: true, text: "14" }))
  it("shows the shop's own setting", () => expect(formState(own, defaults).review_days).toEqual({ useDefault: false, text: "10" }))
  // 0.57 × 100 is 56.99999999999999 in binary
  it("shows the service level as a clean percentage", () => expect(formState(own, defaults).service_level.text).toBe("57"))
  it("has a state for every setting", () => expect(Object.keys(formState(own, defaults)).sort()).toEqual(Object.keys(defaults).sort()))
})

describe("readField()", () => {
  it("gives null for the default, whatever stands in the box", () => expect(readField(field("moq"), { useDefault: true, text: "x" })).toEqual({ value: null }))
  it("takes a comma as the decimal point", () => expect(readField(field("lead_time_days"), typed(" 2,5 "))).toEqual({ value: 2.5 }))
  it("turns percent into a share", () => expect(readField(field("service_level"), typed("97.5"))).toEqual({ value: 0.975 }))
  it("sends 57% as 0.57", () => expect(readField(field("service_level"), typed("57"))).toEqual({ value: 0.57 }))
  it("asks for a number where the box is empty", () => expect(readField(field("moq"), typed("  "))).toEqual({ problem: { key: "missing" } }))
  it.each(["x", "1e3", "1.000,5", "0x10", "."])("refuses %s and repeats it", (text) =>
    expect(readField(field("moq"), typed(text))).toEqual({ problem: { key: "number", value: text } })
  )
  it("allows the ends of a closed range", () => {
    expect(readField(field("review_days"), typed("1"))).toEqual({ value: 1 })
    expect(readField(field("review_days"), typed("180"))).toEqual({ value: 180 })
  })
  it("names the range that was left", () => expect(readField(field("review_days"), typed("0.5"))).toEqual({ problem: { key: "range", least: 1, most: 180 } }))
  it.each(["50", "100"])("refuses a service level of %s%%, an open end", (text) =>
    expect(readField(field("service_level"), typed(text))).toEqual({ problem: { key: "between", least: 50, most: 100 } })
  )
  it("names only the lower end where the upper one is no practical limit", () => expect(readField(field("pack_size"), typed("-6"))).toEqual({ problem: { key: "least", least: 0 } }))
})
