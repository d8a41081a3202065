import { pseudonymAsSpelled, pseudonymOf } from "../../../src/database/pseudonym"

describe("pseudonymOf()", () => {
  // printf bob@example.com | sha256sum
  const bob = "ref:5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a47f7a0018"

  it.each(["bob@example.com", "Bob@Example.com", " BOB@EXAMPLE.COM\t"])("takes %j for one person", (email) => expect(pseudonymOf(email)).toBe(bob))

  it("takes an id letter by letter: two shops' ids may differ in case alone", () => {
    expect(pseudonymOf("C12")).not.toBe(pseudonymOf("c12"))
    expect(pseudonymOf("C12")).toBe(pseudonymAsSpelled("C12"))
  })
})
