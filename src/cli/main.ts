#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from "commander"
import { DEFAULT_SEED } from "../domain/default-seed"
import type { BacktestOptions } from "./backtest"
import type { ForecastOptions } from "./forecast"
import type { ImportOptions } from "./import"
import { EXIT, exitCodeOf, messageOf, say } from "./output"

const DEFAULT_HEALTH_PORT = 9464

const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least || number > most) throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
  return number
}
const gather = (value: string, before: string[]) => [...before, value]
const names = (text: string) => text.split(",").flatMap((name) => name.trim() || [])

/** The command line. Each command's code is loaded when it runs, so that `--help` answers at once. */
export function createProgram(end: (code: number) => void): Command {
  const program = new Command("foresight")
    .description("Demand intelligence for Medusa. Run it in the store's folder: options come from its medusa-config.")
    .showHelpAfterError("(add --help for what is known)")
    .exitOverride()
  const command = (name: string, summary: string, parent = program) =>
    parent
      .command(name)
      .description(summary)
      .exitOverride()
      .option("--json", "one JSON document on stdout; logs and progress go to stderr", false)
      .addOption(new Option("--seed <n>", "same seed and data, same result").argParser(wholeNumber(0, 2 ** 31 - 1)).default(DEFAULT_SEED))

  command("worker", "train, forecast and keep up with the shop, until SIGTERM or Ctrl-C")
    .option("--local", "also start a local Temporal server with its database in .foresight/, for a small shop", false)
    .addOption(new Option("--health-port <port>", "port of GET /health; 0: any free one").env("FORESIGHT_HEALTH_PORT").argParser(wholeNumber(0, 65_535)).default(DEFAULT_HEALTH_PORT))
    .option("--queues <names>", "which work to take: light, training or both", "light,training")
    .action(async (options: { local: boolean; healthPort: number; queues: string }) => end(await (await import("./worker.js")).worker(options)))

  command("doctor", "look at database, migrations, Temporal, worker, schedules and backend").action(async (options: { json: boolean }) => end(await (await import("./doctor.js")).doctor(options)))

  command("import", "read a sales or browsing history: .csv, .csv.gz or - for stdin")
    .argument("<file>", "columns: see docs/imports.md; \"--dry-run\" tells what would be read")
    .option("--dry-run", "read and judge the file, write nothing", false)
    .option("--map <ours=theirs>", "our name of a column and the file's, e.g. order_id=\"Order No\"; may be repeated", gather, [])
    .option("--source <name>", "names the shop the file comes from: a longer export of the same source doubles nothing", "import")
    .option("--encoding <name>", "utf-8, windows-1252, utf-16le or utf-16be; default: found out")
    .option("--decimal <mark>", "dot or comma before decimals; default: found out")
    .option("--dates <order>", "ymd, dmy (31.12.2026) or mdy (12/31/2026); default: found out where one date tells")
    .option("--currency <code>", "for files that name none, e.g. EUR")
    .option("--shift-weeks", "move all dates by whole weeks so that the last day is yesterday or up to six days before", false)
    .option("--as-of <date>", "as --shift-weeks, with this day (YYYY-MM-DD) for yesterday")
    .option("--report <file>", "where refused lines are listed; default: <file>.refused.csv in this folder")
    .action(async (file: string, options: ImportOptions) => end(await (await import("./import.js")).importFile(file, options)))

  command("backfill", "read all orders of the shop with their returns, claims and exchanges, however old, and follow the progress; one that was stopped goes on where it was")
    .option("--since-last", "only what changed since the last walk", false)
    .action(async (options: { json: boolean; sinceLast: boolean }) => end(await (await import("./backfill.js")).backfill(options)))

  command("train", "train models now and follow the progress; Ctrl-C asks whether to cancel")
    .argument("[kind]", "demand, taste, session or all", "all")
    .option("--then-refresh", "afterwards work out forecasts and advice, or recommendations", false)
    .action(async (kind: string, options: { json: boolean; seed: number; thenRefresh: boolean }) => end(await (await import("./train.js")).train(kind, options)))

  const run = program.command("run").description("run what the schedules run").exitOverride()
  command("nightly", "the whole cycle now: shop, demand, training, forecasts, advice, recommendations", run)
    .addOption(new Option("--train <which>", "kinds to train").choices(["due", "all", "none"]).default("due"))
    .action(async (options: { json: boolean; seed: number; train: "due" | "all" | "none" }) => end(await (await import("./run-nightly.js")).runNightly(options)))

  const models = program.command("models").description("list trained versions, put one into service, go back to the one before").exitOverride()
  command("list", "versions, newest first", models)
    .argument("[kind]", "demand, taste or session")
    .action(async (kind: string | undefined, { json }: { json: boolean }) => end(await (await import("./models.js")).listModels({ json, kind })))
  command("promote", "put a version into service, whatever its gate said", models)
    .argument("<id>", "from \"models list\"")
    .action(async (id: string, options: { json: boolean }) => end(await (await import("./models.js")).promoteModel(id, options)))
  command("rollback", "put the newest earlier version that has served back into service", models)
    .argument("<kind>", "demand, taste or session")
    .action(async (kind: string, options: { json: boolean }) => end(await (await import("./models.js")).rollBackModel(kind, options)))

  const onSales = (name: string, summary: string) =>
    command(name, summary)
      .argument("<file>", "item_id,date,quantity and, where present, price,in_stock,location_id,category; .csv, .csv.gz or - for stdin")
      .addOption(new Option("--frequency <unit>", "length of a period").choices(["day", "week", "month"]).makeOptionMandatory())
      .addOption(new Option("--horizon <periods>", "periods ahead").argParser(wholeNumber(1, 730)).makeOptionMandatory())
      .addOption(new Option("--known <columns>", "columns known in advance, e.g. is_holiday,promotion; rows with an empty quantity give their future").argParser(names).default([], "none"))
      .addOption(new Option("--static <columns>", "columns that never change for an item, e.g. brand,supplier").argParser(names).default([], "none"))
      .option("--country <code>", "its holidays count as known in advance, e.g. DE")
  onSales("forecast", "forecast a sales file; needs neither store nor database")
    .option("--quantiles <levels>", "0.001 to 0.999, parted by commas", "0.1,0.5,0.9")
    .option("--model <name>", "auto, or one that \"backtest\" lists", "auto")
    .option("--sum [periods]", "totals instead of single periods: of the whole horizon, or of the first ones, e.g. 1,2,4")
    .option("--sum-out <file>", "write the totals there, beside the single periods")
    .option("--explain <file>", "write there what each item's total over the horizon is made of: trend, season, calendar, price, stock-outs, other, and one sentence")
    .option("--out <file>", "write there (.gz: packed) instead of stdout")
    .action(async (file: string, options: ForecastOptions) => end(await (await import("./forecast.js")).forecastFile(file, options)))
  onSales("backtest", "how well each model would have forecast a sales file, and which one is chosen")
    .addOption(new Option("--origins <n>", "dates to forecast from, a horizon apart").argParser(wholeNumber(1, 100)).default(4))
    .option("--model <names>", "names parted by commas; all: every model but the nets, nets: those, which take longer", "all")
    .action(async (file: string, options: BacktestOptions) => end(await (await import("./backtest.js")).backtestFile(file, options)))

  command("uninstall", "remove the schedules and, with --data, the Postgres schema")
    .option("--data", "also drop the schema foresight with all events, models and advice", false)
    .option("--yes", "do not ask", false)
    .action(async (options: { json: boolean; data: boolean; yes: boolean }) => end(await (await import("./uninstall.js")).uninstall(options)))
  return program
}

/** Runs one command line; answers the exit code and never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  try {
    await createProgram((ended) => (code = ended)).parseAsync([...argv], { from: "user" })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    say(messageOf(error))
    return exitCodeOf(error)
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      say(messageOf(error))
      process.exit(EXIT.failed)
    }
  )
}
