import { parseOptions } from "../../src/options"

describe("parseOptions()", () => {
  it("has a default for everything", () => {
    expect(parseOptions(undefined)).toMatchObject({ temporal: { address: "localhost:7233", namespace: "default", tls: false }, timezone: "UTC", leadTimeDays: 14, serviceLevel: 0.95 })
  })

  it("lets the config win over the environment, and the environment over the default", () => {
    const environment = { TEMPORAL_ADDRESS: "env:7233", TEMPORAL_NAMESPACE: "shop" }
    expect(parseOptions({ temporal: { address: "config:7233" } }, environment).temporal).toMatchObject({ address: "config:7233", namespace: "shop" })
  })

  it("names every wrong option, its value and what was expected in one line", () => {
    const wrong = () => parseOptions({ serviceLevel: 2, timezone: "Mars", colour: 1 })
    expect(wrong).toThrow(/^medusa-plugin-foresight: timezone is "Mars": expected an IANA time zone such as Europe\/Berlin; serviceLevel is 2: .*<1.*; options is .*Unrecognized key: "colour"$/)
  })

  it.each([["text", "nonsense"], ["a number", 3], ["text for temporal", { temporal: "localhost" }]])("refuses %s", (_case, raw) => {
    expect(() => parseOptions(raw)).toThrow("medusa-plugin-foresight: ")
  })
})
