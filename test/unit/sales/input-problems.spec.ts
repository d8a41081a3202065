import { InputProblems } from "../../../src/sales/input-problems"

describe("InputProblems", () => {
  it("tells file, line, column, what was found and what was expected", () => {
    const problems = new InputProblems("sales.csv")
    problems.add(3, "quantity", "abc", "a number")
    problems.add(4, null, "x".repeat(100), "2 fields")
    expect(() => problems.throwIfAny()).toThrow(`sales.csv line 3, column quantity: found "abc"; expected a number\nsales.csv line 4: found "${"x".repeat(60)}…"; expected 2 fields`)
  })
  it("tells the first 20 and counts the others", () => {
    const problems = new InputProblems("s")
    for (let line = 2; line < 27; line++) problems.add(line, "date", "", "a date")
    let message = ""
    try {
      problems.throwIfAny()
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.split("\n")).toHaveLength(21)
    expect(message).toMatch(/and 5 more$/)
  })
  it("is silent where there is nothing", () => expect(() => new InputProblems("s").throwIfAny()).not.toThrow())
})
