/** Nodes below each node of a tree. @param parents Index of each node's parent, −1 for a root. */
export function childrenOf(parents: ArrayLike<number>): (number[] | undefined)[] {
  const children = new Array<number[] | undefined>(parents.length).fill(undefined)
  for (let node = 0; node < parents.length; node++) {
    const parent = parents[node] ?? -1
    if (parent < 0) continue
    const known = children[parent]
    if (known) known.push(node)
    else children[parent] = [node]
  }
  return children
}
