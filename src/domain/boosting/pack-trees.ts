import { z } from "zod"
import { ForesightError } from "../errors"
import { packModel, unpackModel, type UnpackedModel } from "../model-bytes"
import type { BinRule, BoostedTrees } from "./types"

const KIND = "boosted-trees"
const Meta = z.object({
  version: z.literal(1),
  link: z.enum(["identity", "log", "logit"]),
  base: z.number(),
  names: z.array(z.string()),
  kinds: z.array(z.enum(["numeric", "categorical"])),
})

/** Trees as bytes, with kind and version in front. */
export function packTrees(trees: BoostedTrees): Uint8Array<ArrayBuffer> {
  const { link, base, names, rules, missingLeft, ...arrays } = trees
  const borders = rules.map(bordersOf)
  const meta: z.input<typeof Meta> = { version: 1, link, base, names, kinds: rules.map(({ kind }) => kind) }
  return packModel(KIND, meta, {
    ...arrays,
    missingLeft: Int32Array.from(missingLeft),
    borderCounts: Int32Array.from(borders, ({ length }) => length),
    borders: Float64Array.from(borders.flatMap((border) => [...border])),
  })
}

/** What `packTrees()` packed. @throws ForesightError `invalid_model` when the bytes are no whole forest of this version or point outside it. */
export function unpackTrees(bytes: Uint8Array): BoostedTrees {
  const model = unpackModel(KIND, bytes)
  const meta = Meta.safeParse(model.meta)
  if (!meta.success) throw new ForesightError("invalid_model", `boosted trees: ${meta.error.issues[0]?.path.join(".")} cannot be read; expected version 1`)
  const { link, base, names, kinds } = meta.data
  const int = (name: string) => model.array(name, "i4")
  const double = (name: string) => model.array(name, "f8")
  const trees: BoostedTrees = {
    link,
    base,
    names,
    rules: readRules(kinds, model),
    nodeStarts: int("nodeStarts"),
    leafStarts: int("leafStarts"),
    features: int("features"),
    splits: int("splits"),
    missingLeft: Uint8Array.from(int("missingLeft")),
    lefts: int("lefts"),
    rights: int("rights"),
    categorySets: int("categorySets"),
    leafValues: double("leafValues"),
    nodeCovers: double("nodeCovers"),
    leafCovers: double("leafCovers"),
    gains: double("gains"),
  }
  checkTrees(trees)
  return trees
}

function bordersOf(rule: BinRule): Float64Array {
  return rule.kind === "numeric" ? rule.uppers : rule.codes
}

function readRules(kinds: readonly BinRule["kind"][], model: UnpackedModel): BinRule[] {
  const counts = model.array("borderCounts", "i4")
  const borders = model.array("borders", "f8")
  let at = 0
  return kinds.map((kind, column) => {
    const part = borders.slice(at, (at += counts[column] ?? 0))
    return kind === "numeric" ? { kind, uppers: part } : { kind, codes: part }
  })
}

/** A forest whose children ran backwards would never end, and one that points outside would predict `NaN`. */
function checkTrees(trees: BoostedTrees): void {
  const { nodeStarts, leafStarts, features, lefts, rights, leafValues, rules, names, splits } = trees
  const nodes = features.length
  const count = nodeStarts.length - 1
  const sameLengths = [splits, trees.missingLeft, lefts, rights, trees.nodeCovers, trees.gains].every(({ length }) => length === nodes)
  const grows = count >= 0 && leafStarts.length === count + 1 && nodeStarts[count] === nodes && leafStarts[count] === leafValues.length
  const columns = rules.length === names.length && features.every((feature) => feature >= 0 && feature < rules.length)
  if (!sameLengths || !grows || !columns || trees.leafCovers.length !== leafValues.length) {
    throw new ForesightError("invalid_model", `boosted trees: the arrays of ${count} trees with ${nodes} nodes do not fit together`)
  }
  for (let tree = 0; tree < count; tree++) checkTree(trees, tree)
}

function checkTree({ nodeStarts, leafStarts, features, lefts, rights, rules, splits, categorySets }: BoostedTrees, tree: number): void {
  const [first, end] = [nodeStarts[tree] as number, nodeStarts[tree + 1] as number]
  const [leaf, lastLeaf] = [leafStarts[tree] as number, leafStarts[tree + 1] as number]
  if (lastLeaf - leaf !== end - first + 1) {
    throw new ForesightError("invalid_model", `boosted trees: tree ${tree} has ${end - first} nodes and ${lastLeaf - leaf} leaves`)
  }
  const met = new Set<number>()
  for (let node = first; node < end; node++) {
    const [left, right, split] = [lefts[node] as number, rights[node] as number, splits[node] as number]
    const isInside = (child: number) => (child >= 0 ? child > node && child < end : ~child >= leaf && ~child < lastLeaf)
    const isSet = rules[features[node] as number]?.kind === "categorical"
    if (!isInside(left) || !isInside(right) || (isSet && (split < 0 || 8 * split + 8 > categorySets.length))) {
      throw new ForesightError("invalid_model", `boosted trees: node ${node} of tree ${tree} points outside its tree`)
    }
    met.add(left).add(right)
  }
  if (met.size !== 2 * (end - first)) throw new ForesightError("invalid_model", `boosted trees: two nodes of tree ${tree} share a child`)
}
