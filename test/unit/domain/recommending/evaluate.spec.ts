import { evaluateRanking } from "../../../../src/domain/recommending/evaluate"

const clock = () => 0
const ranked = (scores: number[], first: number, targets: number[]) =>
  evaluateRanking({ cases: [{ first, targets }], itemCount: scores.length, score: (_, into) => into.set(scores), now: clock })

describe("evaluateRanking()", () => {
  // ranks of the targets 1 and 3: 2 and 3; DCG = 1/log₂3 + 1/log₂4 = 1.130930, ideal 1 + 1/log₂3 = 1.630930
  it("follows the definitions of NDCG, HR and MRR", async () => {
    const metrics = await ranked([9, 8, 1, 7], 1, [1, 3])
    expect(metrics.ndcg10).toBeCloseTo(0.693426, 6)
    expect(metrics).toMatchObject({ hr10: 1, hr20: 1, mrr20: 0.5, coverage20: 1, users: 1, seconds: 0 })
  })
  it("ranks a target behind every item of its score", async () => {
    expect((await ranked([5, 5, 5], 0, [0])).mrr20).toBeCloseTo(1 / 3, 12)
  })
  it("counts an item with no score as not recommended", async () => {
    expect(await ranked([0, 0, -Infinity], 0, [0])).toMatchObject({ ndcg10: 0, hr20: 0, mrr20: 0, coverage20: 0 })
  })
  it("tells the top 10 from the top 20", async () => {
    const falling = Array.from({ length: 30 }, (_, item) => 30 - item)
    expect(await ranked(falling, 10, [10])).toMatchObject({ hr10: 0, hr20: 1, ndcg10: 0, mrr20: 1 / 11, coverage20: 20 / 30 })
    expect(await ranked(falling, 20, [20])).toMatchObject({ hr10: 0, hr20: 0, mrr20: 0 })
  })
  it("is 0, not NaN, without cases", async () => {
    expect(await evaluateRanking({ cases: [], itemCount: 2, score: () => undefined, now: clock })).toMatchObject({ ndcg10: 0, coverage20: 0, users: 0 })
  })
})
