import { CROSTON_ALPHA, crostonLevels } from "./croston"
import { levelMember } from "./level-member"

/** Croston's method with the Syntetos–Boylan correction `1 − α/2` of its bias. @see Syntetos & Boylan (2005), Int. J. Forecasting 21(2). */
export const crostonSba = levelMember("croston-sba", (series, origin, index) => crostonLevels(series, origin, index).map((rate) => (1 - CROSTON_ALPHA / 2) * rate))
