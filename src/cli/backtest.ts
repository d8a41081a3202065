import { DEMAND_CLASSES } from "../domain/demand/class-of"
import { SURE } from "../domain/demand/paired-gain"
import { sampleOf } from "../domain/demand/panel-source"
import type { DemandClass } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { AUTO_MODEL, quickModelNames } from "../learning/auto-demand"
import { backtestPanel, type ModelReport, type PanelBacktest } from "../learning/backtest-panel"
import { FIT_SERIES } from "../learning/forecast-pieces"
import { NET_NAMES } from "../learning/nets/net-names"
import { checkModel } from "./forecast"
import { EXIT, print, printJson, say, table as asTable } from "./output"
import { createProgress } from "./progress"
import { readSalesInput, type SalesInputOptions } from "./sales-input"
import { stopOnInterrupt } from "./stop-on-interrupt"

export interface BacktestOptions extends SalesInputOptions {
  json: boolean
  seed: number
  origins: number
  /** Names parted by commas; `all` stands for every model but the nets, `nets` for those. */
  model: string
}

/** Says how well each model would have forecast a sales file from several earlier dates on. */
export async function backtestFile(fileName: string, options: BacktestOptions): Promise<number> {
  const models = namesIn(options.model)
  if (models.length === 0) throw new ForesightError("invalid_options", "--model names no model; expected all, nets or names parted by commas")
  models.forEach(checkModel)
  const progress = createProgress()
  const interrupt = stopOnInterrupt("the backtest")
  try {
    const { source, items, notes, close } = await readSalesInput(fileName, options, progress)
    const panel = items.length > 0 ? sampleOf(source, FIT_SERIES) : null
    close()
    if (!panel) throw new ForesightError("too_little_data", `${fileName} has no item with a known quantity`)
    const sampled = items.length > FIT_SERIES
    if (sampled) say(`${items.length} items: the backtest looks at ${FIT_SERIES} of them, evenly spread`)
    const found = await backtestPanel({
      ...{ panel, horizon: options.horizon, origins: options.origins, models, seed: options.seed },
      onProgress: ({ stage, step, steps, text }) => progress.update(stage, step, steps, text),
      shouldStop: interrupt.shouldStop,
      now: () => performance.now(),
    })
    progress.stop()
    for (const [name, reason] of Object.entries(found.skipped)) say(`${name} is left out: ${reason}`)
    const { chosen, why } = verdict(found)
    if (options.json) {
      const choice = { model: chosen, why, weights: found.choice?.weights ?? null, reasons: found.choice?.reasons ?? [] }
      printJson({
        ...{ frequency: options.frequency, horizon: options.horizon, origins: found.origins, items: items.length, scored: Math.min(items.length, FIT_SERIES) },
        models: Object.fromEntries(Object.entries(found.models).map(([name, report]) => [name, document(report)])),
        ...{ skipped: found.skipped, choice, notes },
      })
    } else tell(found, why)
    return EXIT.done
  } finally {
    interrupt.dispose()
    progress.stop()
  }
}

function namesIn(text: string): string[] {
  const names = text.split(",").map((name) => name.trim())
  return [...new Set(names.flatMap((name) => (name === "all" ? quickModelNames() : name === "nets" ? NET_NAMES : name || [])))]
}

function verdict({ models, beatsAuto }: PanelBacktest): { chosen: string; why: string } {
  const ranked = Object.entries(models).sort(([, a], [, b]) => a.sumWql - b.sumWql)
  const [best, report] = ranked[0] ?? []
  const auto = models[AUTO_MODEL]
  const told = (figure: number) => figure.toFixed(4)
  if (best === undefined || !report) throw new ForesightError("too_little_data", "nothing was scored; expected a series that is known before the first origin")
  if (ranked.length === 1) return { chosen: best, why: `${best} was the only model asked for` }
  if (!auto) return { chosen: best, why: `${best} has the least loss of the sum over the horizon (${told(report.sumWql)})` }
  if (best === AUTO_MODEL) return { chosen: AUTO_MODEL, why: `the mix of models has the least loss of the sum over the horizon (${told(auto.sumWql)})` }
  const said = `on the sum over the horizon ${best} lost ${told(report.sumWql)}, the mix of models ${told(auto.sumWql)}`
  const draws = `${Math.round(100 * (beatsAuto[best] ?? 0))} of 100 draws of the items agree`
  if ((beatsAuto[best] ?? 0) >= SURE) return { chosen: best, why: `${said}, and ${draws}: --model ${best} may be better for this file` }
  return { chosen: AUTO_MODEL, why: `${said}, but only ${draws}: that is chance, and the mix is kept` }
}

function document({ byClass, ...report }: ModelReport) {
  return { ...figures(report), classes: Object.fromEntries(Object.entries(byClass).map(([name, own]) => [name, figures(own)])) }
}

const figures = ({ wql, wape, bias, mase, rmsse, sumWql, seconds, calibration, pairs }: Omit<ModelReport, "byClass">) => ({
  ...{ wql, wape, bias, mase, rmsse },
  coverage: coverageOf(calibration),
  sum_wql: sumWql,
  ...{ seconds, pairs },
  calibration: calibration.map(({ level, below, atOrBelow }) => ({ level, below, at_or_below: atOrBelow })),
})

/** Share of periods at or below the 0.9 quantile. */
const coverageOf = (calibration: ModelReport["calibration"]) => calibration.find(({ level }) => level === 0.9)?.atOrBelow ?? null

const HEADER = ["WQL", "SUM WQL", "WAPE", "BIAS", "MASE", "RMSSE", "COVER 0.9", "SECONDS"]

function tell({ origins, models, choice }: PanelBacktest, why: string): void {
  const ranked = Object.entries(models).sort(([, a], [, b]) => a.wql - b.wql)
  print(asTable([["MODEL", ...HEADER], ...ranked.map(([name, report]) => [name, ...cells(report)])]))
  for (const demandClass of DEMAND_CLASSES) {
    const rows = ranked.flatMap(([name, { byClass }]) => (byClass[demandClass] ? [[name, ...cells(byClass[demandClass])]] : []))
    if (rows.length > 0) print(`\n${titleOf(demandClass, ranked)}\n${asTable([["MODEL", ...HEADER], ...rows])}`)
  }
  print(`\nForecast from ${origins.join(", ")} on. COVER 0.9: share of periods below – at or below the 0.9 quantile; 0.9 should lie between.`)
  print(`Choice: ${why}.`)
  for (const reason of choice?.reasons ?? []) print(`  ${reason}`)
}

function titleOf(demandClass: DemandClass, ranked: [string, ModelReport][]): string {
  return `${demandClass}: ${ranked[0]?.[1].byClass[demandClass]?.pairs ?? 0} series × origins`
}

function cells({ wql, sumWql, wape, bias, mase, rmsse, calibration, seconds }: Omit<ModelReport, "byClass">): string[] {
  const known = (figure: number | null) => (figure === null ? "–" : figure.toFixed(3))
  const cover = calibration.find(({ level }) => level === 0.9)
  return [wql.toFixed(4), sumWql.toFixed(4), known(wape), known(bias), known(mase), known(rmsse), cover ? `${cover.below.toFixed(2)} – ${cover.atOrBelow.toFixed(2)}` : "–", seconds.toFixed(1)]
}
