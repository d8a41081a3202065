/** One tree while it grows; numbers of nodes and leaves are its own. */
export interface GrownTree {
  nodes: GrownNode[]
  leaves: GrownLeaf[]
}

export interface GrownNode {
  feature: number
  /** Bins `1 … bin` go left; unused where `categories` is there. */
  bin: number
  missingLeft: boolean
  categories: number[] | null
  gain: number
  cover: number
  /** A node, or `~leaf`. */
  left: number
  right: number
}

export interface GrownLeaf {
  /** Its rows are `order[start … end − 1]` of the grower. */
  start: number
  end: number
  gradient: number
  hessian: number
  value: number
}

/** Which bins of a node's column go left: 1 at their places. @param goesLeft Shape `[256]`; overwritten. */
export function markLeft({ bin, missingLeft, categories }: Pick<GrownNode, "bin" | "missingLeft" | "categories">, goesLeft: Uint8Array): void {
  goesLeft.fill(0)
  if (categories === null) goesLeft.fill(1, 1, bin + 1)
  else for (const category of categories) goesLeft[category] = 1
  goesLeft[0] = missingLeft ? 1 : 0
}
