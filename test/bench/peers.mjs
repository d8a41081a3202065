// What other people's programs reach, as measured elsewhere; not measured by this bench.

/**
 * Weekly demand on UCI Online Retail: WQL with its 95% interval, and WQL of sums over 1, 2 and 4 weeks.
 * @type {{ name: string, wql: string, sums: [string, string, string] }[]}
 */
export const PEERS = [
  { name: "LightGBM, one model a quantile", wql: "0.5301 [0.5154, 0.5483]", sums: ["0.5140", "0.4536", "0.4107"] },
  { name: "Ensemble of LightGBM, PooledIndex and three statistical models", wql: "0.5360 [0.5218, 0.5517]", sums: ["0.5113", "0.4517", "0.4152"] },
  { name: "SES, optimised, pooled quantiles (statsforecast)", wql: "0.5480 [0.5312, 0.5643]", sums: ["0.5262", "0.4654", "0.4316"] },
  { name: "DynamicOptimizedTheta, pooled quantiles (statsforecast)", wql: "0.5499 [0.5330, 0.5664]", sums: ["0.5254", "0.4661", "0.4342"] },
  { name: "PooledIndex: mean × season of the category", wql: "0.5532 [0.5392, 0.5684]", sums: ["0.5265", "0.4664", "0.4315"] },
  { name: "AutoETS, negative binomial (statsforecast)", wql: "0.5604 [0.5430, 0.5804]", sums: ["0.5292", "0.4713", "0.4489"] },
  { name: "CrostonSBA, pooled quantiles (statsforecast)", wql: "0.5930 [0.5756, 0.6108]", sums: ["0.5764", "0.5228", "0.4829"] },
  { name: "SeasonalNaive, negative binomial (statsforecast)", wql: "0.6292 [0.6098, 0.6486]", sums: ["0.6126", "0.5711", "0.5653"] },
  { name: "AutoETS, its own intervals (statsforecast)", wql: "0.6743 [0.5830, 0.8369]", sums: ["–", "–", "–"] },
]

export const PEERS_SOURCE = {
  where: "From the project's own run of these libraries (`../shared/score/RESULTS.md`: Python 3.11, statsforecast 2.1.1, LightGBM 4.7.0, seeds fixed).",
  differences:
    "there 3,257 items that had sold before, four origins four weeks apart (2011-08-08 to 10-31, rising into Christmas), four weeks ahead, " +
    "sums over 1, 2 and 4 weeks, the better of two quantile methods chosen on the test part in the peers' favour; " +
    "here all products of the shop with the newcomers among them, weeks that end yesterday with dates moved by whole weeks, eight or more weeks ahead, " +
    "the last origins held out from every choice, cancellations taken out with the sale they void, and what is not in the catalogue left out.",
}

/** Recommendation servers: requests a second and how long one takes. */
export const SERVING_PEERS = [
  "gorse 0.5.0, data and cache in Postgres, two shared cores, 10,000 items (the project's own trial): a personal list 540 requests/s at p50 15 ms, " +
    "neighbours 670 requests/s. It answers ids from its cache; nothing is looked up about publishable keys, sales channels or stock.",
  "An empty handler of Medusa's under `/store`, caching on, 10 connections, two cores, another day (the project's own trial): " +
    "1,790 requests/s; without caching 490.",
  "Serenade (bol.com, session kNN in Rust; Kersbergen, Sprangers and Schelter 2022): p90 below 7 ms end to end at 1,000 predictions/s on 2 vCPU.",
]
