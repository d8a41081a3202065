import * as w from "./wasm-code"

/** Columns that one call of `addRowsKernel` takes at most: enough work between two rows that a sum is stored before the next row needs it,
 * and few enough addresses to stay in registers. */
export const MOST_COLUMNS = 6

/** Adds the gradient and hessian of each row to its bins in some columns.
 * Parameters: address of the rows (i32), their end, of the rows' slopes (pairs of floats), then per column the address of its first row's bin
 * (rows stand 4 bytes apart) and of its sums (pairs of doubles). */
export function addRowsKernel(columns: number): w.WasmFunction {
  const [rows, end, slopes] = [0, 1, 2]
  const parameters = 3 + 2 * columns
  const [row, at, slope] = [parameters, parameters + 1, parameters + 2]
  const column = (of: number): w.Code => [
    ...w.set(at, w.add(w.get(4 + 2 * of), w.shiftLeft(w.loadByte(w.add(w.get(3 + 2 * of), w.get(row))), w.constant(4)))),
    ...w.storeVector(w.get(at), w.addDoubles(w.loadVector(w.get(at)), w.get(slope))),
  ]
  const body = w.doWhile(
    [
      ...w.set(row, w.shiftLeft(w.loadInteger(w.get(rows)), w.constant(2))),
      ...w.set(slope, w.loadFloatPair(w.get(slopes))),
      ...Array.from({ length: columns }, (_, of) => column(of)).flat(),
      ...w.advance(rows, 4),
      ...w.advance(slopes, 8),
    ],
    w.isBelow(w.get(rows), w.get(end))
  )
  return { name: `addRows${columns}`, parameters, integers: 2, vectors: 1, body }
}

/** Values that `findBinsKernel` takes at a time. */
export const VALUES = 16

/** Bin of each value: 1 + the number of borders below it, counted for 16 values at a time. No branch depends on a value, so none is guessed wrong.
 * Parameters: address of the values, their end, of the borders (floats, one at least), their end, address of the bins, bits of a bin that are flipped,
 * the byte that stands for NaN; the same bins are written to a second address, with another byte for NaN: that address and that byte. */
export const findBinsKernel: w.WasmFunction = (() => {
  const [values, end, borders, bordersEnd, bins, flip, missing, secondBins, secondMissing] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
  const [at, border] = [9, 10]
  const value = [11, 12, 13, 14]
  const below = [15, 16, 17, 18]
  // four vectors of 32-bit numbers as one of bytes
  const joined = (narrow: typeof w.narrowToBytes, of: (lane: number) => w.Code) => narrow(w.narrowToShorts(of(0), of(1)), w.narrowToShorts(of(2), of(3)))
  const bin = w.flipVector(
    w.addBytes(
      joined(w.narrowToBytes, (lane) => w.get(below[lane] as number)),
      w.vector(1)
    ),
    w.splatByte(w.get(flip))
  )
  const isNumber = joined(w.narrowToSignedBytes, (lane) => w.equalFloats(w.get(value[lane] as number), w.get(value[lane] as number)))
  const body = w.doWhile(
    [
      ...value.flatMap((local, lane) => w.set(local, w.loadVector(w.get(values), 16 * lane))),
      ...below.flatMap((local) => w.set(local, w.vector(0))),
      ...w.set(at, w.get(borders)),
      ...w.doWhile(
        [
          ...w.set(border, w.loadFloatSplat(w.get(at))),
          // a true comparison is −1
          ...below.flatMap((local, lane) => w.set(local, w.subtractIntegers(w.get(local), w.greaterFloats(w.get(value[lane] as number), w.get(border))))),
          ...w.advance(at, 4),
        ],
        w.isBelow(w.get(at), w.get(bordersEnd))
      ),
      ...w.storeVector(w.get(bins), w.chooseBits(bin, w.splatByte(w.get(missing)), isNumber)),
      ...w.storeVector(w.get(secondBins), w.chooseBits(bin, w.splatByte(w.get(secondMissing)), isNumber)),
      ...w.advance(values, 4 * VALUES),
      ...w.advance(bins, VALUES),
      ...w.advance(secondBins, VALUES),
    ],
    w.isBelow(w.get(values), w.get(end))
  )
  return { name: "findBins", parameters: 9, integers: 1, vectors: 9, body }
})()

/** Rows that `addTreeKernel` takes at a time. */
export const LANES = 64
/** Bytes of one node of a tree as `addTreeKernel` reads it: i32 offset of its column in the block, i32 address of its set of categories or 0,
 * then a byte each: split, first leaf below it, first leaf of its right child. */
export const NODE_BYTES = 16

/** Adds one tree's leaf values to the scores of a block of rows, 64 rows at a time, without a branch that depends on a row.
 * Nodes come in pre-order, leaves are numbered from left to right. A row that stands at a node is at the first leaf below it; if it goes right,
 * it moves on to the first leaf of the right child. Rows elsewhere never have that leaf's number, so one comparison tells who moves.
 * Parameters: address of the nodes, their end, of the leaf values (doubles), of the block's bins, end of its first column, address of the scores,
 * of 64 bytes to write on.
 * Bins of numeric columns are shifted by 128 (signed bytes compare in one instruction); those of categorical columns are not.
 * @see Lucchese et al. (2015), QuickScorer, for the idea of visiting all nodes instead of following a path.
 */
export const addTreeKernel: w.WasmFunction = (() => {
  const [nodes, nodesEnd, values, bins, binsEnd, scores, places] = [0, 1, 2, 3, 4, 5, 6]
  const [node, column, set, lane] = [7, 8, 9, 10]
  const [split, from, to, bin] = [11, 12, 13, 14]
  const chunks = [15, 16, 17, 18]
  const bits = w.vectorOf(Array.from({ length: 16 }, (_, at) => 1 << (at & 7)))
  const move = (leaf: number, goesRight: w.Code): w.Code =>
    w.set(leaf, w.largerBytes(w.get(leaf), w.andVectors(w.andVectors(w.equalBytes(w.get(leaf), w.get(from)), goesRight), w.get(to))))
  const byNumber = chunks.flatMap((leaf, at) => move(leaf, w.greaterBytes(w.loadVector(w.get(column), 16 * at), w.get(split))))
  const byCategory = chunks.flatMap((leaf, at) => {
    const byte = w.shiftRightBytes(w.get(bin), w.constant(3))
    const found = w.orVectors(w.swizzle(w.loadVector(w.get(set)), byte), w.swizzle(w.loadVector(w.get(set), 16), w.subtractBytes(byte, w.vector(16))))
    const bit = w.swizzle(bits, w.andVectors(w.get(bin), w.vector(7)))
    return [...w.set(bin, w.loadVector(w.get(column), 16 * at)), ...move(leaf, w.equalBytes(w.andVectors(found, bit), w.vector(0)))]
  })
  const score = w.add(w.get(scores), w.shiftLeft(w.get(lane), w.constant(3)))
  const place = w.loadByte(w.add(w.get(places), w.get(lane)))
  const body = w.doWhile(
    [
      ...chunks.flatMap((leaf) => w.set(leaf, w.vector(0))),
      ...w.set(node, w.get(nodes)),
      ...w.doWhile(
        [
          ...w.set(column, w.add(w.get(bins), w.loadInteger(w.get(node)))),
          ...w.set(set, w.loadInteger(w.get(node), 4)),
          ...w.set(split, w.loadByteSplat(w.get(node), 8)),
          ...w.set(from, w.loadByteSplat(w.get(node), 9)),
          ...w.set(to, w.loadByteSplat(w.get(node), 10)),
          ...w.ifElse(w.get(set), byCategory, byNumber),
          ...w.advance(node, NODE_BYTES),
        ],
        w.isBelow(w.get(node), w.get(nodesEnd))
      ),
      ...chunks.flatMap((leaf, at) => w.storeVector(w.get(places), w.get(leaf), 16 * at)),
      ...w.set(lane, w.constant(0)),
      ...w.doWhile(
        [
          ...w.storeDouble(score, w.addDouble(w.loadDouble(score), w.loadDouble(w.add(w.get(values), w.shiftLeft(place, w.constant(3)))))),
          ...w.advance(lane, 1),
        ],
        w.isBelow(w.get(lane), w.constant(LANES))
      ),
      ...w.advance(bins, LANES),
      ...w.advance(scores, 8 * LANES),
    ],
    w.isBelow(w.get(bins), w.get(binsEnd))
  )
  return { name: "addTree", parameters: 7, integers: 4, vectors: 8, body }
})()
