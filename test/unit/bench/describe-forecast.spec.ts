import { join } from "node:path"
import { callModule } from "../../support/call-module"

const describeForecast = (result: object) => callModule<string>(join(__dirname, "../../bench/describe-forecast.mjs"), "describeForecast", result)

const set = {
  ...{ name: "uci_weekly", title: "uci weekly", series: 811, origins: 2, seconds: [12, 14], choice: null, peersRun: true, wallSeconds: 100 },
  comparisons: [
    { measure: "wql", must: 1.01, aim: 0.99, bestPeer: "LightGBM", bestValue: 0.2051, value: 0.206, ratio: 1.0044, paired: { a: 0.206, b: 0.2051, difference: 0.0009, low: -0.001, high: 0.003 } },
    { measure: "wmae", must: 1, aim: 0.97, bestPeer: "Ensemble", bestValue: 1261, value: 1300, ratio: 1.031, paired: null },
  ],
  singles: [{ model: "theta", seconds: [1], wql: 0.21, sums: [0.2, 0.15, 0.14] }],
  scores: [{ class: "all", wql: "0.206", sum_wql_1: "0.18", sum_wql_2: "0.14", sum_wql_4: "0.13" }],
  peers: [{ peer: "LightGBM", seconds: 100.6 }],
  calibration: {
    all: { pairs: 1622, worst: { level: 0.8, points: 2.6 } },
    smooth: { pairs: 1029, worst: { level: 0.8, points: 3.4 } },
    lumpy: { pairs: 5, worst: { level: 0.8, points: 20 } },
  },
  peerCalibration: { all: { pairs: 1622, worst: { level: 0.9, points: 4.25 } } },
}

const simulated = {
  ...{ series: 600, seconds: [40, 42], offTruth: 0.123, offByLuck: 0.5 },
  calibration: { all: { pairs: 2400, worst: { level: 0.5, points: 1.2 } }, smooth: { pairs: 900, worst: { level: 0.9, points: 2.4 } }, erratic: { pairs: 20, worst: { level: 0.9, points: 9 } } },
}

describe("describeForecast()", () => {
  const text = describeForecast({ sets: [set], simulated, scale: [{ series: 1000, rows: 200_000, bytes: 1, seconds: 4, peakBytes: 150 * 2 ** 20 }] })

  it("sets each measure beside the best peer and says what was reached", () => {
    expect(text).toContain("| uci weekly | WQL | LightGBM 0.2051 | 0.2060 | 1.004 | 0.0009 [-0.0010, 0.0030] | ≤ 1.01 | ≤ 0.99 | must |")
    expect(text).toContain("| uci weekly | WMAE (holidays × 5) | Ensemble 1,261 | 1,300 | 1.031 | – | ≤ 1 | ≤ 0.97 | **missed** |")
  })
  it("judges calibration per class beside the best peer, and not where a class is too small", () => {
    expect(text).toContain("| uci weekly | all | 1,622 | 0.8 | 2.6 | 4.3 | must |")
    expect(text).toContain("| uci weekly | smooth | 1,029 | 0.8 | 3.4 | – | **missed** |")
    expect(text).toContain("| uci weekly | lumpy | 5 | 0.8 | 20.0 | – | too few to say |")
  })
  it("judges the shop whose truth is known by a narrower goal", () => {
    expect(text).toContain("Means are 12.3% of demand away from the expected demand")
    expect(text).toContain("| all | 2,400 | 0.5 | 1.2 | yes |")
    expect(text).toContain("| smooth | 900 | 0.9 | 2.4 | **no** |")
    expect(text).toContain("| erratic | 20 | 0.9 | 9.0 | too few to say |")
  })
  it("sets the choice beside each model, and shows time and memory", () => {
    expect(text).toContain("| uci weekly | **auto** | 0.2060 | 0.1800 | 0.1400 | 0.1300 | 13.0 [12.0 – 14.0] |")
    expect(text).toContain("| uci weekly | theta | 0.2100 | 0.2000 | 0.1500 | 0.1400 | 1.0 |")
    expect(text).toContain("| 1,000 | 200,000 | 4.0 | 250 | 150 MB |")
  })
})
