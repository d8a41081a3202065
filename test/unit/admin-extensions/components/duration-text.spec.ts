import { durationText } from "../../../../admin-extensions/components/duration-text"

describe("durationText()", () => {
  it.each([
    [0, "0 sec"],
    [59.4, "59 sec"],
    [59.6, "1 min"],
    [134, "2 min 14 sec"],
    [3600, "1 hr"],
    [3725, "1 hr 2 min"],
    [-3, "0 sec"],
  ])("writes %d seconds as %s", (seconds, text) => expect(durationText(seconds, "en")).toBe(text))
  it("speaks the reader's language", () => expect(durationText(120, "de")).toBe("2 Min."))
})
