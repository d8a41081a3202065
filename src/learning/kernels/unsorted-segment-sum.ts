import { overrideKernel, sizeOf } from "./override-kernel"

/** UnsortedSegmentSum, the gradient of `gather` and so of every embedding; the wasm backend ships none. Ids out of range add nothing. */
export function registerUnsortedSegmentSum(): void {
  overrideKernel<"x" | "segmentIds">("UnsortedSegmentSum", ({ x, segmentIds }, attrs, backend) => {
    const segments = attrs["numSegments"] as number
    const rowShape = x.shape.slice(segmentIds.shape.length)
    const width = sizeOf(rowShape)
    const output = backend.makeOutput([segments, ...rowShape], x.dtype)
    const rows = backend.typedArrayFromHeap(x)
    const ids = backend.typedArrayFromHeap(segmentIds)
    const sums = backend.typedArrayFromHeap(output)
    sums.fill(0)
    for (const [row, segment] of ids.entries()) {
      if (segment < 0 || segment >= segments) continue
      for (let column = 0; column < width; column += 1) {
        const target = segment * width + column
        sums[target] = (sums[target] as number) + (rows[row * width + column] as number)
      }
    }
    return output
  })
}
