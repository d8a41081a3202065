/** How far ahead advice looks, in days; `null` in an answer means "later". The same number as in `src/domain/replenishment/types.ts`. */
export const OUTLOOK_DAYS = 120
