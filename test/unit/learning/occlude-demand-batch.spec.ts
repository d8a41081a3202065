import { PERIOD_INPUTS, SERIES_INPUTS, TARGET_INPUTS } from "../../../src/learning/demand-net-spec"
import { withoutInputs } from "../../../src/learning/occlude-demand-batch"

const ones = (length: number) => new Float32Array(length).fill(1)
/** Two series, three past periods, two targets; every input is 1, every category 5. */
const batch = () => ({ size: 2, past: ones(3 * 2 * PERIOD_INPUTS), known: ones(2 * (SERIES_INPUTS + 2 * TARGET_INPUTS)), category: Int32Array.of(5, 5), level: ones(2) })
const zeros = (values: ArrayLike<number>, width: number) => Array.from({ length: width }, (_, column) => column).filter((column) => Array.from(values).every((value, at) => at % width !== column || value === 0))

describe("withoutInputs()", () => {
  it("leaves out the price of every past period, and nothing else", () => {
    const without = withoutInputs(batch(), ["price"])
    expect(zeros(without.past, PERIOD_INPUTS)).toEqual([3])
    expect([without.known, without.category]).toEqual([batch().known, batch().category])
  })
  it("leaves out the calendar behind and ahead, and last year's totals", () => {
    const without = withoutInputs(batch(), ["season"])
    expect(zeros(without.past, PERIOD_INPUTS)).toEqual([6, 7, 8, 9])
    const width = SERIES_INPUTS + 2 * TARGET_INPUTS
    expect(zeros(without.known, width)).toEqual([4, ...Array.from({ length: 2 * TARGET_INPUTS }, (_, at) => SERIES_INPUTS + at)])
  })
  it("leaves out the category, and changes nothing it was given", () => {
    const given = batch()
    expect([...withoutInputs(given, ["other", "season", "price"]).category]).toEqual([0, 0])
    expect(given).toEqual(batch())
    expect(withoutInputs(given, [])).toBe(given)
  })
})
