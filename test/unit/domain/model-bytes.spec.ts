import { packModel, unpackModel } from "../../../src/domain/model-bytes"

describe("packModel() and unpackModel()", () => {
  const bytes = packModel("taste", { ä: 1 }, { a: Int32Array.of(1, -2, 3), b: Float32Array.of(0.5), c: Float64Array.of(1e-300), none: new Int32Array(0) })

  it("gives back what was packed, also from the middle of a larger buffer, as Postgres and the training process hand it over", () => {
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    for (const given of [bytes, larger.subarray(3), Buffer.from(larger.buffer, 3)]) {
      const { meta, array } = unpackModel("taste", given)
      expect(meta).toEqual({ ä: 1 })
      expect([array("a", "i4"), array("b", "f4"), array("c", "f8"), array("none", "i4")]).toEqual([
        Int32Array.of(1, -2, 3),
        Float32Array.of(0.5),
        Float64Array.of(1e-300),
        new Int32Array(0),
      ])
    }
  })

  const spoiled = bytes.slice()
  spoiled[12] = 0
  it.each([
    ["nothing", new Uint8Array(0), "model of 0 bytes does not begin"],
    ["other bytes", new Uint8Array(64), "does not begin as a taste model"],
    ["a cut header", bytes.subarray(0, 20), "the model is cut off"],
    ["a cut array", bytes.subarray(0, bytes.length - 8), "its header expects"],
    ["a spoiled header", spoiled, "header cannot be read"],
    ["another kind", packModel("session", {}, {}), 'model is of kind "session"; expected "taste"'],
  ])("refuses %s", (_, given, message) => {
    const load = () => unpackModel("taste", given)
    expect(load).toThrow(message)
    expect(load).toThrow(expect.objectContaining({ code: "invalid_model" }) as Error)
  })

  it("refuses an array that is not there or of another type", () => {
    expect(() => unpackModel("taste", bytes).array("a", "f8")).toThrow('no array "a" of type f8')
    expect(() => unpackModel("taste", bytes).array("z", "f8")).toThrow('no array "z"')
  })
})
