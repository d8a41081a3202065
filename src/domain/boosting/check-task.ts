import { ForesightError } from "../errors"
import type { BoostingTask, BoostingValidation } from "./boosting-task"
import { MOST_RELEVANCE } from "./lambdarank"
import type { BinnedTable } from "./types"

/** Bounds within which a row's gradient fits a 32-bit float. */
const MOST_TARGET = 1e18
const LEAST_WEIGHT = 1e-9
const MOST_WEIGHT = 1e12

/** @throws ForesightError `too_little_data`, `invalid_series` or `invalid_options` naming what does not fit. */
export function checkTask({ table, target, weight, options, validation }: BoostingTask, rows: Uint32Array): void {
  const { loss, monotone } = options
  if (rows.length === 0) throw new ForesightError("too_little_data", "rows is empty; expected one row at least to train on")
  const outside = rows.find((row) => row >= table.rows)
  if (outside !== undefined) throw new ForesightError("invalid_options", `rows has ${outside}; expected rows below ${table.rows}`)
  checkColumn("target", target, table.rows, rows, (value) => Math.abs(value) <= MOST_TARGET, `a number between ±${MOST_TARGET}`)
  if (loss.kind === "tweedie") checkColumn("target", target, table.rows, rows, (value) => value >= 0, "a number ≥ 0 for the Tweedie loss")
  if (loss.kind === "logistic") {
    checkColumn("target", target, table.rows, rows, (value) => value >= 0 && value <= 1, "a number from 0 to 1 for the logistic loss")
  }
  if (loss.kind === "lambdarank") {
    checkColumn(
      "target",
      target,
      table.rows,
      rows,
      (value) => Number.isInteger(value) && value >= 0 && value <= MOST_RELEVANCE,
      `a relevance 0, 1 … ${MOST_RELEVANCE}`
    )
    const grouped = loss.groups.reduce((sum, size) => sum + size, 0)
    if (grouped !== rows.length) throw new ForesightError("invalid_options", `loss.groups holds ${grouped} rows; expected ${rows.length}`)
  }
  if (weight) {
    checkColumn("weight", weight, table.rows, rows, (value) => value >= LEAST_WEIGHT && value <= MOST_WEIGHT, `a number from ${LEAST_WEIGHT} to ${MOST_WEIGHT}`)
  }
  if (monotone && monotone.length !== table.rules.length) {
    throw new ForesightError("invalid_options", `monotone has ${monotone.length} directions; expected one for each of ${table.rules.length} columns`)
  }
  const ordered = monotone?.findIndex((direction, at) => direction !== 0 && table.rules[at]?.kind === "categorical") ?? -1
  if (ordered >= 0) {
    throw new ForesightError(
      "invalid_options",
      `monotone[${ordered}] is ${monotone?.[ordered]}; expected 0: ${table.names[ordered]} is categorical and has no order`
    )
  }
  if (validation) checkValidation(validation, table)
}

function checkValidation({ table, target, weight, groups }: BoostingValidation, trained: BinnedTable): void {
  if (table.rows === 0) throw new ForesightError("too_little_data", "validation.table has no rows; expected one at least, or no validation")
  if (table.rules.length !== trained.rules.length) {
    throw new ForesightError("invalid_options", `validation.table has ${table.rules.length} columns; expected the ${trained.rules.length} of the trained one`)
  }
  if (target.length !== table.rows) throw new ForesightError("invalid_series", `validation.target has ${target.length} values; expected ${table.rows}`)
  if (weight && weight.length !== table.rows)
    throw new ForesightError("invalid_series", `validation.weight has ${weight.length} values; expected ${table.rows}`)
  const grouped = groups?.reduce((sum, size) => sum + size, 0) ?? table.rows
  if (grouped !== table.rows) throw new ForesightError("invalid_options", `validation.groups holds ${grouped} rows; expected ${table.rows}`)
}

function checkColumn(name: string, values: Float64Array, length: number, rows: Uint32Array, isGood: (value: number) => boolean, expected: string): void {
  if (values.length !== length) throw new ForesightError("invalid_series", `${name} has ${values.length} values; expected ${length}`)
  const bad = rows.find((row) => !isGood(values[row] as number))
  if (bad !== undefined) throw new ForesightError("invalid_series", `${name}[${bad}] is ${values[bad]}; expected ${expected}`)
}
