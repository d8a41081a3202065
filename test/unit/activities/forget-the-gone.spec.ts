import { forgetTheGone } from "../../../activities/forget-the-gone"
import { activityContext } from "../../support/activity-context"

describe("forgetTheGone()", () => {
  it("erases every customer whom the shop has no more, page by page, and nobody else", async () => {
    const all = Array.from({ length: 1200 }, (_, at) => `cus_${String(at).padStart(4, "0")}`)
    const gone = ["cus_0000", "cus_0777", "cus_1199"]
    const erased: string[] = []
    const asked: number[] = []
    const before: Date[] = []
    const forget = async (date: Date) => before.push(date)
    const count = await forgetTheGone(
      {
        stores: {
          events: {
            customersPage: async ({ after, limit }) => all.filter((id) => after === null || id > after).slice(0, limit),
            eraseCustomer: async (id) => ({ deleted: erased.push(id), anonymised: 0, vectors: 0 }),
          },
          carts: { forgetBefore: forget },
          imports: { forgetFailedBefore: forget },
        },
        reader: {
          existingCustomers: async (ids) => {
            asked.push(ids.length)
            return ids.filter((id) => !gone.includes(id))
          },
        },
        now: () => new Date("2026-03-31T00:00:00Z"),
      },
      activityContext(),
      () => undefined
    )
    expect(erased).toEqual(gone)
    expect(count).toBe(3)
    expect(asked).toEqual([500, 500, 200])
    expect(before).toEqual([new Date("2026-03-01T00:00:00Z"), new Date("2026-03-01T00:00:00Z")]) // 30 days
  })
})
