// `openapi`: whether a running store does what its OpenAPI file says.
// schemathesis makes requests up from the file, right ones and wrong ones, and looks at each answer.
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { importHistory, learn } from "../../demo/launch/house.mjs"
import { ROOT } from "../../demo/launch/package-build.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { table } from "./page.mjs"
import { pythonProgram } from "./python.mjs"
import { number } from "./spread.mjs"

const SCHEMATHESIS = "schemathesis==4.32.5"
const SEED = 42
/** Starts a training each time, which would be all that the cores do. */
const NOT_ASKED = "POST /admin/foresight/trainings"

/** What the file cannot say, or is meant so: `why` stands in docs/benchmarks.md. */
const EXCEPTIONS = [
  { operation: "POST /store/foresight/events", check: "negative_data_rejection", why: "a bad event does not take the others with it: 202 names it" },
  { operation: "POST /admin/foresight/settings/rates", check: "positive_data_acceptance", why: "JSON Schema cannot say that `to` is another currency than `from`" },
  { operation: "POST /admin/foresight/inventory-items/{id}/settings", check: "positive_data_acceptance", why: "nor at which locations an item has a level" },
  { operation: "POST /admin/foresight/imports", check: "positive_data_acceptance", why: "nor what makes text a sales file, and `map` a pair of columns" },
  { operation: "GET /admin/foresight/demand/what-if", check: "positive_data_acceptance", why: "parameters cannot say that one of two is given, `price_change` or `promotion`" },
  { operation: "POST /admin/foresight/demand/overrides", check: "positive_data_acceptance", why: "a body of `units_per_week` and `factor` is right by its schema, which names either, and so is a `to_day` before `from_day`" },
  { operation: "POST /admin/foresight/demand/replacements", check: "positive_data_acceptance", why: "nor know which day is today" },
  { operation: "DELETE /admin/foresight/trainings/{id}", check: "positive_data_acceptance", why: "a training that has ended cannot be canceled: 400, as Medusa answers `not_allowed`" },
]
/** Checks of what Express and Medusa answer before a route of ours is asked: other methods, and 400 where the publishable key is missing. */
const FRAMEWORK = ["allow_header_conformance", "unsupported_method", "ignored_auth"]

const CONFIG = [
  ...FRAMEWORK.map((check) => `checks.${check}.enabled = false`),
  ...EXCEPTIONS.map(({ operation, check }) => `\n[[operations]]\ninclude-name = "${operation}"\nchecks.${check}.enabled = false`),
  "",
].join("\n")

/**
 * @typedef {{ code: string, title: string, operations: string[] }} Failure
 * @typedef {{ version: string, operations: number, cases: number, seconds: number, failures: Failure[], errors: string[] }} OpenapiResult
 */

/**
 * @param {import("./world.mjs").World} world
 * @param {{ examples: number }} how `examples` random requests an operation, beside those that try every edge of its schema
 * @returns {Promise<OpenapiResult>}
 * @throws LaunchError when schemathesis could not do its work
 */
export const measureOpenapi = (world, { examples }) =>
  world.withHouse(async (house) => {
    const { processes, step, url, seeded, prepared } = house
    await importHistory(house, house.asOf) // an answer without rows says little about its schema
    await learn(house)
    const schemathesis = await step("schemathesis", () => pythonProgram(processes, { program: "schemathesis", packages: [SCHEMATHESIS] }))
    const config = join(processes.folder, "schemathesis.toml")
    const report = join(processes.folder, "schemathesis.json")
    writeFileSync(config, CONFIG)
    rmSync(report, { force: true })
    const token = await adminToken(url, prepared.shop.admin)
    await step("requests", async ({ result }) => {
      const child = processes.start({
        name: "schemathesis",
        command: schemathesis,
        args: [
          ...["--config-file", config, "run", join(ROOT, ".medusa", "server", "openapi.json"), "--url", url, "--exclude-name", NOT_ASKED],
          ...["--header", `x-publishable-api-key: ${seeded.publishableKey}`, "--header", `Authorization: Bearer ${token}`],
          ...["--max-examples", String(examples), "--seed", String(SEED), "--continue-on-failure", "--report", "json", "--report-json-path", report],
        ],
        cwd: processes.folder,
      })
      const { code } = await child.exited // 1: it found something
      await child.stop()
      if (code !== 0 && code !== 1) throw new LaunchError(`schemathesis ended with ${code}\n${child.tail(25)}`, `The whole log: ${child.logFile}`)
      result(`${readReport(report).cases} requests`)
    })
    return readReport(report)
  }, { keep: true })

/** @param {string} path @returns {OpenapiResult} */
function readReport(path) {
  const { schemathesis_version: version, operations, test_cases, running_time: seconds, failures, errors } = JSON.parse(readFileSync(path, "utf8"))
  return {
    ...{ version, seconds, operations: operations.tested, cases: test_cases.generated },
    failures: failures.map((/** @type {any} */ { code, title, operations: where }) => ({ code, title, operations: where.map(nameOf) })),
    errors: errors.map((/** @type {any} */ { title, count }) => `${title} (${count})`),
  }
}

/** @param {any} operation a name, or an object that has one @returns {string} */
const nameOf = (operation) => (typeof operation === "string" ? operation : (operation.label ?? operation.name ?? JSON.stringify(operation)))

/** @param {string} url @param {{ email: string, password: string }} user @returns {Promise<string>} */
async function adminToken(url, user) {
  const login = await fetch(`${url}/auth/user/emailpass`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(user) })
  if (!login.ok) throw new LaunchError(`the admin could not log in: ${login.status} ${await login.text()}`)
  const { token } = /** @type {{ token: string }} */ (await login.json())
  return token
}

/** @param {OpenapiResult} result @param {string} source @returns {string} in Markdown */
export function describeOpenapi({ version, operations, cases, seconds, failures, errors }, source) {
  const found =
    failures.length + errors.length === 0
      ? "**Nothing found**: no answer of 500 and above, no status or content that the file does not name, no wrong request let through, no right one refused."
      : [
          `**Found ${failures.length + errors.length}:**`,
          ...(failures.length > 0 ? [table(["what", "operations"], failures.map(({ code, title, operations: where }) => [`${title} (${code})`, where.join(", ")]))] : []),
          ...errors,
        ].join("\n\n")
  return [
    `Source: ${source}. ${operations} operations of the OpenAPI file, ${number(cases)} requests in ${number(seconds)} s by [schemathesis](https://schemathesis.readthedocs.io) ${version}, seed ${SEED}: the edges of each schema, random requests, chains of requests.`,
    found,
    `Not asked: \`${NOT_ASKED}\`, since each right request trains a model. Left to Medusa: what it answers to other methods and without a key (${FRAMEWORK.map((check) => `\`${check}\``).join(", ")}). Meant so:`,
    EXCEPTIONS.map(({ operation, why }) => `- \`${operation}\`: ${why}.`).join("\n"),
  ].join("\n\n")
}
