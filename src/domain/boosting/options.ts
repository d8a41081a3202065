import { z } from "zod"
import { ForesightError } from "../errors"
import type { BoostingLoss } from "./types"

const share = z.number().gt(0).max(1)
const Loss: z.ZodType<BoostingLoss, BoostingLoss> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("squared") }),
  z.object({ kind: z.literal("quantile"), level: z.number().gt(0).lt(1) }),
  z.object({ kind: z.literal("tweedie"), power: z.number().gt(1).lt(2) }),
  z.object({ kind: z.literal("logistic") }),
  z.object({
    kind: z.literal("lambdarank"),
    groups: z.custom<Uint32Array>((value) => ArrayBuffer.isView(value), "expected a Uint32Array"),
    truncation: z.number().int().min(1),
  }),
])

/** Every setting of a training. The defaults are those that won on retail demand (LightGBM's in the project's own comparison). */
const Options = z.strictObject({
  loss: Loss,
  /** Trees at most. */
  rounds: z.number().int().min(0).max(100_000).default(400),
  /** Rounds without a better validation loss before it stops; counts only with a validation table. */
  patience: z.number().int().min(1).default(20),
  /** Share of each tree's step that is taken. */
  learningRate: z.number().gt(0).max(1).default(0.08),
  leaves: z.number().int().min(2).max(32_768).default(31),
  leastRowsInLeaf: z.number().int().min(1).default(60),
  /** Added to each leaf's hessian: the larger, the closer leaf values stay to 0. */
  l2: z.number().min(0).default(0),
  /** Share of columns that each tree sees. */
  columnShare: share.default(0.6),
  /** Share of rows drawn for `rowShareEvery` trees at a time. */
  rowShare: share.default(0.8),
  rowShareEvery: z.number().int().min(1).default(1),
  /** Per column: 1 the prediction never falls as the value rises, −1 it never rises, 0 free. Numeric columns only. */
  monotone: z.array(z.union([z.literal(-1), z.literal(0), z.literal(1)])).optional(),
  seed: z.number().int().default(1),
})
export type BoostingOptions = z.input<typeof Options>
export type FullBoostingOptions = z.output<typeof Options>

/** Options with their defaults. @throws ForesightError `invalid_options` naming the setting. */
export function readBoostingOptions(options: BoostingOptions): FullBoostingOptions {
  const read = Options.safeParse(options)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new ForesightError("invalid_options", `boosting option ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "cannot be read"}`)
}
