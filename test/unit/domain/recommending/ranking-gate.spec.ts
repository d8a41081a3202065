import { decideRanking } from "../../../../src/domain/recommending/ranking-gate"

describe("decideRanking()", () => {
  it.each([
    ["beats popular-lately", 0.2, { popular_lately: 0.1 }, 100, true, "beats popular-lately's 0.1000"],
    ["equals the version in service", 0.2, { popular_lately: 0.1, serving: 0.2 }, 100, true, "reaches the version in service (0.2000)"],
    ["does not beat popular-lately", 0.1, { popular_lately: 0.1 }, 100, false, "does not beat popular-lately's 0.1000"],
    ["is below the version in service", 0.2, { popular_lately: 0.1, serving: 0.21 }, 100, false, "is below 0.2100"],
    ["was measured on too few", 0.9, { popular_lately: 0.1 }, 24, false, "24 held-out cases"],
  ])("a model that %s", (_, value, baselines, cases, promote, reason) => {
    expect(decideRanking({ value, baselines, cases })).toEqual({ metric: "ndcg10", value, baselines, promote, reason: expect.stringContaining(reason) })
  })
})
