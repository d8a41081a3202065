import { testStore } from "../../support/store"

/** The bound, in shares. */
const MOST_OFF = 0.02
/** Standard errors that a share may be off by chance. */
const CHANCE = 2

describe("the forecasts that a new store's first training keeps of its last weeks", () => {
  const { coverage } = testStore()

  it("cover what customers of the simulated shop really asked for, in stock or not, within 2 points of every level beyond chance", () => {
    expect(coverage?.weeks).toBe(8)
    expect(coverage!.count).toBeGreaterThan(500)
    const wrong = coverage!.levels.filter(({ level, off }) => off > MOST_OFF + CHANCE * Math.sqrt((level * (1 - level)) / coverage!.count))
    expect(wrong).toEqual([])
  })
})
