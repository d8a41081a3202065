import { backend_util, util } from "@tensorflow/tfjs"
import { floats, overrideKernel, sizeOf } from "./override-kernel"

/** SplitV by copying runs of memory; the shipped kernel slices element by element. */
export function registerSplit(): void {
  overrideKernel<"x">("SplitV", ({ x }, attrs, backend, shipped) => {
    if (x.dtype !== "float32") return shipped({ x }, attrs)
    const axis = util.parseAxisParam(attrs["axis"] as number, x.shape)[0] as number
    const sizes = backend_util.prepareSplitSize(x, attrs["numOrSizeSplits"] as number | number[], axis)
    const outer = sizeOf(x.shape.slice(0, axis))
    const inner = sizeOf(x.shape.slice(axis + 1))
    const whole = (x.shape[axis] as number) * inner
    let start = 0
    return sizes.map((size) => {
      const output = backend.makeOutput([...x.shape.slice(0, axis), size, ...x.shape.slice(axis + 1)], "float32")
      const from = floats(backend, x)
      const to = floats(backend, output)
      const width = size * inner
      for (let row = 0; row < outer; row += 1) to.set(from.subarray(row * whole + start, row * whole + start + width), row * width)
      start += width
      return output
    })
  })
}
