/** Seed of everything that is drawn by chance, where nobody gives another: same seed and data, same result. */
export const DEFAULT_SEED = 42
