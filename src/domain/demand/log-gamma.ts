const SHIFT = 8

/** ln Γ(x) for x > 0, absolute error below 1e-9: Stirling's series after the recurrence Γ(x + 1) = x·Γ(x) has brought x above 8.
 * @see Abramowitz & Stegun (1964), 6.1.15 and 6.1.41.
 */
export function logGamma(x: number): number {
  let product = 1
  while (x < SHIFT) product *= x++
  const inverse = 1 / (x * x)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}
