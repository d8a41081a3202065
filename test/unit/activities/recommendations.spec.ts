import { createRecommendationActivities, customerVectors, type RecommendationActivityDeps } from "../../../activities/recommendations"
import { buildInteractionTable } from "../../../src/domain/recommending/interaction-table"
import { activityContext } from "../../support/activity-context"
import { shopReader } from "../../support/shop-builders"

const did = (userId: string, productId: string, weight: number, at: number) => ({ userId, productId, weight, at, sessionId: null })

describe("customerVectors()", () => {
  it("keeps customers, not visitors, with what they did and what they bought", () => {
    const table = buildInteractionTable([did("visitor:cus_1", "p1", 0.15, 1000), did("session:s1", "p1", 0.15, 1000), did("cus_1", "p1", 0.15, 1000), did("cus_1", "p2", 1, 2000)])
    expect(customerVectors(table, 1)).toEqual([{ customerId: "cus_1", productIds: ["p2", "p1"], weights: [1, expect.closeTo(0.15)], purchasedIds: ["p2"] }])
  })

  it("lets the newest weigh most where the model says so", () => {
    const [vector] = customerVectors(buildInteractionTable([did("cus_1", "old", 1, 1000), did("cus_1", "new", 1, 2000)]), 0.5)
    expect(vector).toMatchObject({ productIds: ["new", "old"], weights: [1, 0.5] })
  })
})

describe("storeCustomers()", () => {
  it("erases customers whom the shop has no more before it works out what the others like", async () => {
    const people = new Set(["cus_1", "cus_gone"])
    const saved: string[] = []
    const stores = {
      events: {
        customersPage: async ({ after }: { after: string | null }) => [...people].filter((id) => after === null || id > after),
        eraseCustomer: async (id: string) => people.delete(id),
        interactions: async () => buildInteractionTable([...people].map((id) => did(id, "p1", 1, 1000))),
      },
      carts: { forgetBefore: async () => 0 },
      imports: { forgetBefore: async () => 0 },
      modelVersions: { serving: async () => null },
      recommendations: { saveVectors: async (vectors: { customerId: string }[]) => saved.push(...vectors.map(({ customerId }) => customerId)), removeVectorsBefore: async () => 0 },
    } as unknown as RecommendationActivityDeps["stores"]
    const reader = shopReader({ existingCustomers: async () => ["cus_1"] })
    const activities = createRecommendationActivities({ stores, reader, erasure: { maxShare: 0.05 }, today: () => "2026-03-15", now: () => new Date("2026-03-15T02:00:00Z"), context: () => activityContext() })
    expect(await activities.storeCustomers()).toEqual({ customers: 1 })
    expect(saved).toEqual(["cus_1"])
  })
})
