/** Short series of every kind; the specs of the statistical members hold what Nixtla's statsforecast 2.1.1 forecasts for them. */
export const REFERENCE_SERIES = {
  smooth: [12, 15, 11, 14, 13, 16, 12, 15, 14, 13, 17, 15, 14, 16, 13, 15, 18, 14, 16, 15],
  trend: [10, 12, 13, 15, 16, 18, 19, 22, 23, 25, 26, 28, 29, 31, 33, 34, 36, 38, 39, 41],
  intermittent: [0, 3, 0, 0, 2, 0, 0, 0, 4, 0, 1, 0, 0, 3, 0, 0, 0, 2, 0, 0, 5, 0, 0, 1],
  lumpy: [0, 0, 25, 0, 1, 0, 0, 0, 60, 0, 0, 2, 0, 0, 0, 12, 0, 0, 0, 0, 3, 0, 40, 0],
  season: [10, 20, 30, 20, 12, 22, 33, 21, 13, 24, 36, 23, 15, 26, 38, 26, 16, 27, 41, 27],
  shift: [5, 6, 5, 4, 6, 5, 5, 6, 20, 21, 19, 22, 20, 21, 20, 19],
  falling: [40, 38, 35, 36, 30, 28, 27, 22, 20, 17, 15, 14, 10, 8, 7, 3],
  zeros: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  one: [7],
} as const

export type ReferenceName = keyof typeof REFERENCE_SERIES
