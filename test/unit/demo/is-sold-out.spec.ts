import { join } from "node:path"
import { callModule } from "../../support/call-module"

const isSoldOut = (message: string) => callModule<boolean>(join(__dirname, "../../../demo/launch/is-sold-out.mjs"), "isSoldOut", message)

describe("isSoldOut()", () => {
  it.each([
    ["the cart's check", "Some variant does not have the required inventory"],
    ["a reservation", "Not enough stock available for item iitem_1 at location sloc_1"],
  ])("knows the words of %s (Medusa 2)", (_, message) => {
    expect(isSoldOut(`POST /store/carts/cart_1/complete answered 400: {"type":"not_allowed","message":"${message}"}`)).toBe(true)
  })

  it("takes no other refusal for it", () => {
    expect(isSoldOut('POST /store/carts/cart_1/complete answered 400: {"type":"invalid_data","message":"Payment sessions are required to complete cart"}')).toBe(false)
  })
})
