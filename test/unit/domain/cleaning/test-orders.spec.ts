import { NO_TEST_ORDERS, testCustomerReason, tidyTestOrderSettings } from "../../../../src/domain/cleaning/test-orders"
import fc from "../../../support/properties"

const settings = { emails: ["qa@shop.com"], emailDomains: ["agency.example"], skus: [] }

describe("testCustomerReason()", () => {
  it.each([
    ["qa@shop.com", "the email address is on the list of test orders"],
    [" QA@Shop.com ", "the email address is on the list of test orders"],
    ["ada@agency.example", "the email domain agency.example is on the list of test orders"],
    ["ada@dev.agency.example", "the email domain agency.example is on the list of test orders"],
    ["ada@notagency.example", null],
    ["agency.example", null],
    ["ada@shop.com", null],
    ["", null],
    [null, null],
  ])("%j: %j", (email, reason) => expect(testCustomerReason(email, settings)).toBe(reason))
  it("knows nobody without settings", () => expect(testCustomerReason("qa@shop.com", NO_TEST_ORDERS)).toBeNull())
})

describe("tidyTestOrderSettings()", () => {
  it("trims, drops doubles and the @ before a domain", () => {
    expect(tidyTestOrderSettings({ emails: ["B@x.com ", "a@x.com", "b@X.com"], emailDomains: ["@Agency.example", "agency.example", " "], skus: [" T-1", "t-1", "A"] })).toEqual({
      emails: ["a@x.com", "b@x.com"],
      emailDomains: ["agency.example"],
      skus: ["A", "t-1"],
    })
  })
  it("changes nothing when done again (10,000 cases)", () => {
    const words = fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 })
    fc.assert(
      fc.property(fc.record({ emails: words, emailDomains: words.map((list) => list.map((word) => word.replaceAll("@", ""))), skus: words }), (given) => {
        const tidied = tidyTestOrderSettings(given)
        expect(tidyTestOrderSettings(tidied)).toEqual(tidied)
      }),
      { numRuns: 10_000 }
    )
  })
})
