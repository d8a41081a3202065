/** Keeps the k largest values offered; equal values rank by the smaller index, so that the answer does not depend on the order of offers. */
export class TopK {
  private readonly indexes: Int32Array
  private readonly values: Float64Array
  private size = 0

  constructor(private readonly k: number) {
    this.indexes = new Int32Array(k)
    this.values = new Float64Array(k)
  }

  offer(index: number, value: number): void {
    if (this.k === 0) return
    if (this.size < this.k) {
      let at = this.size++
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!this.worse(index, value, parent)) break
        this.move(parent, at)
        at = parent
      }
      this.put(at, index, value)
    } else if (!this.worse(index, value, 0)) {
      this.sift(index, value)
    }
  }

  /** What was kept, best first; the keeper is empty afterwards. */
  drain(): { index: number; value: number }[] {
    const kept = Array.from({ length: this.size }, (_, at) => ({ index: this.indexes[at]!, value: this.values[at]! }))
    this.size = 0
    return kept.sort((one, two) => two.value - one.value || one.index - two.index)
  }

  /** Puts an entry in place of the worst one, at the top of the heap. */
  private sift(index: number, value: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.size) break
      if (child + 1 < this.size && this.worse(this.indexes[child + 1]!, this.values[child + 1]!, child)) child++
      if (this.worse(index, value, child)) break
      this.move(child, at)
      at = child
    }
    this.put(at, index, value)
  }

  private worse(index: number, value: number, than: number): boolean {
    const other = this.values[than]!
    return value < other || (value === other && index > this.indexes[than]!)
  }

  private move(from: number, to: number): void {
    this.put(to, this.indexes[from]!, this.values[from]!)
  }

  private put(at: number, index: number, value: number): void {
    this.indexes[at] = index
    this.values[at] = value
  }
}
