import { mergeSettings } from "../../../../src/domain/replenishment/replenishment-settings"
import { someSettings } from "../../../support/demand-builders"

const ALL = ["leadTimeDays", "leadTimeSdDays", "reviewDays", "serviceLevel", "coverDays", "moq", "packSize"]

describe("mergeSettings()", () => {
  it("takes the defaults, all assumed, where the shop decided nothing", () => expect(mergeSettings(null, someSettings())).toEqual({ settings: someSettings(), assumed: ALL }))
  it("prefers the shop's own, also when it is 0, and gives the default back for null", () => {
    const { settings, assumed } = mergeSettings({ leadTimeDays: 0, packSize: 12, moq: null }, someSettings({ moq: 5 }))
    expect(settings).toEqual(someSettings({ leadTimeDays: 0, packSize: 12, moq: 5 }))
    expect(assumed).toEqual(["leadTimeSdDays", "reviewDays", "serviceLevel", "coverDays", "moq"])
  })
  it("names every field out of range, its value and what was expected", () => {
    expect(() => mergeSettings({ leadTimeDays: 400, serviceLevel: 1 }, someSettings())).toThrow(
      "leadTimeDays is 400: expected 0 to 365 days; serviceLevel is 1: expected more than 0.5 and less than 1"
    )
  })
  it.each([{ reviewDays: 0 }, { coverDays: -1 }, { moq: -1 }, { packSize: 1e10 }, { leadTimeSdDays: 91 }, { serviceLevel: 0.5 }, { leadTimeDays: NaN }])("refuses %j", (own) =>
    expect(() => mergeSettings(own, someSettings())).toThrow(expect.objectContaining({ code: "invalid_settings" }) as Error)
  )
  it("refuses a field it does not know", () => expect(() => mergeSettings({ leadTime: 3 } as never, someSettings())).toThrow("leadTime"))
})
