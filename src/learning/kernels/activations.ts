/**
 * tanh by the rational approximation of degree 13/6 that Eigen uses for floats: within 1e-6 everywhere and about three times as
 * fast as `Math.tanh`, which matters because an LSTM calls it five times a unit and step.
 * @see Eigen, `MathFunctionsImpl.h`, `generic_fast_tanh_float`.
 */
export function fastTanh(x: number): number {
  const c = x > 7.9053111 ? 7.9053111 : x < -7.9053111 ? -7.9053111 : x
  const s = c * c
  const top =
    ((((((-2.76076847742355e-16 * s + 2.00018790482477e-13) * s - 8.60467152213735e-11) * s + 5.12229709037114e-8) * s +
      1.48572235717979e-5) *
      s +
      6.37261928875436e-4) *
      s +
      4.89352455891786e-3) *
    c
  return top / (((1.19825839466702e-6 * s + 1.18534705686654e-4) * s + 2.268434632439e-3) * s + 4.89352518554385e-3)
}

/** The logistic function, within 1e-6. */
export function fastSigmoid(x: number): number {
  return 0.5 * fastTanh(0.5 * x) + 0.5
}
