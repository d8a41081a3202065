import { EVENT_NAMES } from "../../../src/domain/events"
import { expiredEvents, namesKept } from "../../../src/domain/retention"

describe("expiredEvents()", () => {
  const expired = expiredEvents("2026-02-19", { browseDays: 400, cartDays: 800 })

  it("counts the days of each kind back from today", () => {
    expect(expired.find(({ names }) => names.includes("view_item"))?.beforeDay).toBe("2025-01-15") // 400 days before 19 February 2026
    expect(expired.find(({ names }) => names.includes("add_to_cart"))?.beforeDay).toBe("2023-12-12") // 800 days before
  })

  it("has a limit for every event but purchases and refunds, and one only", () => {
    const limited = expired.flatMap(({ names }) => names)
    expect([...limited].sort()).toEqual(EVENT_NAMES.filter((name) => name !== "purchase" && name !== "refund").sort())
  })
})

describe("namesKept()", () => {
  const expired = expiredEvents("2026-02-19", { browseDays: 400, cartDays: 800 })
  it.each([
    ["2025-01-31", true, true],
    ["2024-12-31", false, true],
    ["2023-12-31", false, true],
    ["2023-11-30", false, false],
  ])("of a month ending on %s: views %s, carts %s, orders always", (lastDay, views, carts) => {
    const kept = namesKept(lastDay, expired)
    expect([kept.includes("view_item"), kept.includes("add_to_cart"), kept.includes("purchase"), kept.includes("refund")]).toEqual([views, carts, true, true])
  })
})
