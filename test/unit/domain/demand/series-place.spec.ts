import { seriesPlace } from "../../../../src/domain/demand/series-place"

describe("seriesPlace()", () => {
  it("parts a series' name into variant and location, which may be unknown", () => {
    expect(seriesPlace("variant_1@sloc_1")).toEqual({ variantId: "variant_1", locationId: "sloc_1" })
    expect(seriesPlace("variant_1@")).toEqual({ variantId: "variant_1", locationId: "" })
    expect(seriesPlace("a@b@sloc_1")).toEqual({ variantId: "a@b", locationId: "sloc_1" })
  })
  it("knows no place of a name of another form", () => expect(seriesPlace("SKU-1")).toBeNull())
})
