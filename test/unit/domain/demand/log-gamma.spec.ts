import { logGamma } from "../../../../src/domain/demand/log-gamma"

describe("logGamma()", () => {
  // scipy.special.gammaln, scipy 1.17.1
  it.each([
    [0.3, 1.0957979948180756],
    [5, 3.1780538303479458],
    [1234.5, 7550.550901077894],
  ])("of %p", (x, expected) => expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-9))
})
