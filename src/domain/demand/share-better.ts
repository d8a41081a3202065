import { pairedGain } from "./paired-gain"

/** How sure it is that one forecaster loses less than another: the share of draws of the paired bootstrap in which it does, see `pairedGain()`. */
export const shareBetter = (losses: Float64Array, others: Float64Array, seed: number): number => pairedGain(losses, others, seed).share
