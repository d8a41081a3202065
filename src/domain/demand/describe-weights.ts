import type { MemberWeights } from "./ensemble"

/** Members and their shares, the largest first: "boosted 40%, lstm 25%". */
export const describeWeights = (weights: MemberWeights): string =>
  Object.entries(weights)
    .filter(([, weight]) => weight > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, weight]) => `${name} ${Math.round(100 * weight)}%`)
    .join(", ")
