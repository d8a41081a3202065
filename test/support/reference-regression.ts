/** Ten rows of two columns, row-major, and a target; the specs of the regressions hold what scipy and sklearn make of them. */
export const REGRESSION_ROWS = Float64Array.of(1, 0.5, 2, 1.5, 3, -1, 4, 2, 5, 0, 6, 1, 7, -2, 8, 0.3, 9, 1.1, 10, -0.4)
export const REGRESSION_TARGET = Float64Array.of(2.1, 3.9, 4.2, 8.4, 7.7, 10.3, 9.2, 13.1, 15.8, 14.9)
