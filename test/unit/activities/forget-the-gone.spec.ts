import { forgetTheGone } from "../../../activities/forget-the-gone"
import type { ReconcileReport } from "../../../src/database/stores/reconcile-store"
import { activityContext } from "../../support/activity-context"

const names = (count: number) => Array.from({ length: count }, (_, at) => `cus_${String(at).padStart(4, "0")}`)

/** One night over customers we know, of whom the shop has lost some. */
async function night(known: readonly string[], gone: readonly string[], maxShare = 0.05) {
  const erased: string[] = []
  const named: string[] = []
  const asked: number[] = []
  const before: Date[] = []
  const reports: ReconcileReport[] = []
  const forget = async (date: Date) => before.push(date)
  const context = activityContext()
  const answer = await forgetTheGone(
    {
      stores: {
        events: {
          customersPage: async ({ after, limit }) => known.filter((id) => after === null || id > after).slice(0, limit),
          eraseCustomer: async (id, emails = []) => {
            named.push(...emails)
            return { deleted: erased.push(id), anonymised: 0, vectors: 0 }
          },
        },
        carts: { forgetBefore: forget },
        imports: { forgetBefore: forget },
        reconcile: { addReport: async (report) => void reports.push(report) },
      },
      reader: {
        existingCustomers: async (ids) => {
          asked.push(ids.length)
          return ids.filter((id) => !gone.includes(id))
        },
        emailsOf: async (ids) => ids.map((id) => ({ id, email: `${id}@example.com` })),
      },
      maxShare,
      now: () => new Date("2026-03-31T00:00:00Z"),
    },
    context,
    () => undefined
  )
  return { answer, erased, named, asked, before, reports, warnings: context.warnings }
}

describe("forgetTheGone()", () => {
  it("erases every customer whom the shop has no more, page by page, and nobody else", async () => {
    const gone = ["cus_0000", "cus_0777", "cus_1199"]
    const { answer, erased, named, asked, before, reports } = await night(names(1200), gone)
    expect(erased).toEqual(gone)
    expect(named).toEqual(gone.map((id) => `${id}@example.com`)) // for what was imported under them
    expect(answer).toEqual({ erased: 3, refused: null })
    expect(asked).toEqual([500, 500, 200])
    expect(before).toEqual([new Date("2026-03-01T00:00:00Z"), new Date("2026-03-01T00:00:00Z")]) // 30 days
    expect(reports).toEqual([])
  })

  it("erases nobody when the shop has lost more at once than can be true, and says what to do", async () => {
    const known = names(1000)
    const { answer, erased, reports, warnings } = await night(known, known.slice(0, 51)) // 5 % are 50
    expect(erased).toEqual([])
    expect(answer.refused).toContain("51 of 1000 customers look deleted")
    expect(answer.refused).toContain("erasure.maxShare")
    expect(reports).toMatchObject([{ kind: "erasure", walked: { customers: 1000 }, setAside: [{ kind: "erasure", error: answer.refused }] }])
    expect(warnings).toHaveLength(1)
    expect((await night(known, known.slice(0, 50))).erased).toHaveLength(50)
    expect((await night(known, known, 1)).erased).toHaveLength(1000)
  })

  it("believes up to 20 in any shop", async () => {
    expect((await night(names(25), names(20))).erased).toHaveLength(20)
    expect((await night(names(25), names(21))).erased).toEqual([])
  })
})
