import { ForesightError } from "../errors"
import { createRandom } from "../random"
import type { BoostingTask, BoostingValidation } from "./boosting-task"
import { checkTask } from "./check-task"
import { ForestBuilder } from "./forest-builder"
import { inKernelMemory, type KernelMemory } from "./kernels"
import { holdMonotone, renewLeaves, stepLeaves } from "./leaf-values"
import { createObjective } from "./losses"
import { readBoostingOptions, type BoostingOptions, type FullBoostingOptions } from "./options"
import { drawColumns, drawRows } from "./sampling"
import { addGrownTree } from "./score-trees"
import { growerSizes, TreeGrower } from "./tree-grower"
import type { BoostedTrees } from "./types"

/** Hears each finished round, counted from 1; may throw to end the training. */
export type OnRound = (round: number, validationLoss: number | null) => void

/** Trains boosted trees: the same task gives the same trees.
 * @throws ForesightError `invalid_options` or `invalid_series` naming what does not fit.
 * @see Friedman (2001), Greedy function approximation; Ke et al. (2017), LightGBM.
 */
export function trainBoosting({ onRound, ...task }: BoostingTask & { onRound?: OnRound }): BoostedTrees {
  const options = readBoostingOptions(task.options)
  const rows = task.rows ?? everyRow(task.table.rows)
  checkTask(task, rows)
  return inKernelMemory(growerSizes(task.table, rows.length, options.leaves), (memory) => train(task, options, rows, memory, onRound))
}

function train(task: BoostingTask, options: FullBoostingOptions, rows: Uint32Array, memory: KernelMemory, onRound: OnRound | undefined): BoostedTrees {
  const { table, target, weight = null, validation } = task
  const objective = createObjective(options.loss, target, weight)
  const random = createRandom(options.seed)
  const base = objective.base(rows)
  const scores = new Float64Array(table.rows).fill(base)
  const slopes = new Float32Array(2 * table.rows)
  const limits = { leastRows: options.leastRowsInLeaf, l2: options.l2, monotone: options.monotone ?? null }
  const grower = new TreeGrower(memory, table, rows.length, options.leaves, limits)
  const drawn = new Uint32Array(rows.length)
  const held = validation && holdOut(validation, task.options, base)
  const forest = new ForestBuilder()
  let count = rows.length
  let kept = options.rounds
  let least = Infinity
  let bestRound = 0
  for (let round = 1; round <= options.rounds; round++) {
    if (round === 1 || (options.rowShare < 1 && (round - 1) % options.rowShareEvery === 0)) {
      if (options.rowShare < 1) count = drawRows(rows, options.rowShare, random, drawn)
      else drawn.set(rows)
    }
    const features = drawColumns(table.rules.length, options.columnShare, random)
    // pairs of a group need all its rows; any other loss only those the tree sees
    objective.slopes(scores, options.loss.kind === "lambdarank" ? rows : drawn.subarray(0, count), slopes)
    grower.order.set(drawn.subarray(0, count))
    const tree = grower.grow(count, features, slopes)
    if (objective.renewLevel === null) stepLeaves(tree, options.l2, options.learningRate)
    else renewLeaves(tree, grower.order, { target, weight, scores, level: objective.renewLevel, learningRate: options.learningRate })
    if (options.monotone) holdMonotone(tree, options.monotone)
    for (const { start, end, value } of tree.leaves) {
      for (let at = start; at < end; at++) {
        const row = grower.order[at] as number
        scores[row] = (scores[row] as number) + value
      }
    }
    if (count < rows.length) addGrownTree(tree, table, drawn.subarray(count), scores)
    forest.add(tree)
    let validationLoss: number | null = null
    if (held) {
      addGrownTree(tree, held.table, held.rows, held.scores)
      validationLoss = held.objective.loss(held.scores, held.rows)
      if (validationLoss < least) {
        least = validationLoss
        bestRound = round
      }
      kept = bestRound
    }
    onRound?.(round, validationLoss)
    if (held && round - bestRound >= options.patience) break
  }
  return forest.build(kept, { link: objective.link, base, names: table.names, rules: table.rules })
}

function everyRow(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row)
}

function holdOut({ table, target, weight, groups }: BoostingValidation, { loss }: BoostingOptions, base: number) {
  if (loss.kind === "lambdarank" && !groups) {
    throw new ForesightError("invalid_options", "validation.groups is missing; expected the sizes of the validation table's groups")
  }
  const rows = everyRow(table.rows)
  return { table, rows, scores: new Float64Array(table.rows).fill(base), objective: createObjective(loss, target, weight ?? null, groups) }
}
