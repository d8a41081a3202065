import { itemTitle } from "../../../../src/domain/insight/item-title"

describe("itemTitle()", () => {
  it.each([
    ["Cup", "Small", "Cup – Small"],
    ["Cup", "Cup", "Cup"],
    ["Cup", "Default variant", "Cup"],
  ])("calls the variant of %s that is named %s %s", (product, variant, title) => expect(itemTitle(product, variant)).toBe(title))
})
