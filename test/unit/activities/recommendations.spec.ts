import { customerVectors } from "../../../activities/recommendations"
import { buildInteractionTable } from "../../../src/domain/recommending/interaction-table"

const did = (userId: string, productId: string, weight: number, at: number) => ({ userId, productId, weight, at, sessionId: null })

describe("customerVectors()", () => {
  it("keeps customers, not visitors, with what they did and what they bought", () => {
    const table = buildInteractionTable([did("visitor-1", "p1", 0.15, 1000), did("cus_1", "p1", 0.15, 1000), did("cus_1", "p2", 1, 2000)])
    expect(customerVectors(table, 1)).toEqual([{ customerId: "cus_1", productIds: ["p2", "p1"], weights: [1, expect.closeTo(0.15)], purchasedIds: ["p2"] }])
  })

  it("lets the newest weigh most where the model says so", () => {
    const [vector] = customerVectors(buildInteractionTable([did("cus_1", "old", 1, 1000), did("cus_1", "new", 1, 2000)]), 0.5)
    expect(vector).toMatchObject({ productIds: ["new", "old"], weights: [1, 0.5] })
  })
})
