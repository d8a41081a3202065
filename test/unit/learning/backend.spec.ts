import * as tf from "@tensorflow/tfjs"
import { startBackend } from "../../../src/learning/backend"

describe("startBackend()", () => {
  it("starts wasm by name and says what it runs on", async () => {
    expect(await startBackend("wasm")).toMatch(/^wasm \((simd, )?foresight kernels\)$/)
    expect(tf.getBackend()).toBe("wasm")
  })

  it("refuses to train on plain cpu", async () => {
    await expect(startBackend("cpu")).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("too slow to train") as string })
  })

  it("names what it expects instead of an unknown backend", async () => {
    await expect(startBackend("tpu")).rejects.toThrow('FORESIGHT_BACKEND is "tpu"; expected one of gpu, node, wasm')
  })

  it("does the same again when asked twice", async () => {
    const name = await startBackend("wasm")
    expect(await startBackend("wasm")).toBe(name)
  })
})
