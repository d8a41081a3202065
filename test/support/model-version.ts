import { randomUUID } from "node:crypto"
import type { NewModelVersion } from "../../src/database/stores/model-version-store"

const metrics = { ndcg10: 0.1, hr10: 0.2, hr20: 0.3, mrr20: 0.1, coverage20: 0.5, users: 10, seconds: 1 }

/** A trained taste model of four bytes that the gate lets serve, unless `promote` is false; name what matters. */
export const modelVersion = ({ promote = true, ...own }: Partial<NewModelVersion> & { promote?: boolean } = {}): NewModelVersion => ({
  id: randomUUID(),
  kind: "taste",
  algorithm: "ease",
  parameters: { lambda: 500 },
  backtest: { validationFrom: "2026-01-01T00:00:00Z", testFrom: "2026-02-01T00:00:00Z", models: { ease: metrics }, served: metrics, choice: "ease" },
  gate: { metric: "ndcg10", value: 0.1, baselines: { popular: 0.05 }, promote, reason: "better than popular" },
  dataFrom: "2024-03-01",
  dataTo: "2026-03-01",
  seed: 42,
  seconds: 12.5,
  backend: "wasm",
  bytes: Uint8Array.of(0, 255, 10, 92),
  ...own,
})
