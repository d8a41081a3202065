import { floats, overrideKernel, sizeOf } from "./override-kernel"

/** Equal of `a` `[…, n, …]` with `b` `[…, 1, …]`, one axis broadcast: the gradient of `max` and `min`. Other shapes as shipped. */
export function registerEqual(): void {
  overrideKernel<"a" | "b">("Equal", ({ a, b }, attrs, backend, shipped) => {
    const differing = a.shape.flatMap((dimension, axis) => (dimension === b.shape[axis] ? [] : [axis]))
    const axis = differing[0]
    const broadcasts = a.shape.length === b.shape.length && differing.length === 1 && axis !== undefined && b.shape[axis] === 1
    if (!broadcasts || a.dtype !== "float32" || b.dtype !== "float32") return shipped({ a, b }, attrs)
    const outer = sizeOf(a.shape.slice(0, axis))
    const count = a.shape[axis] as number
    const inner = sizeOf(a.shape.slice(axis + 1))
    const output = backend.makeOutput(a.shape, "bool")
    const left = floats(backend, a)
    const right = floats(backend, b)
    const equal = backend.typedArrayFromHeap(output)
    for (let i = 0; i < outer * count; i += 1) {
      const shared = Math.floor(i / count) * inner
      for (let j = 0; j < inner; j += 1) equal[i * inner + j] = left[i * inner + j] === right[shared + j] ? 1 : 0
    }
    return output
  })
}
