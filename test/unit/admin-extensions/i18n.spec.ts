import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import texts from "../../../admin-extensions/i18n"
import { EVENT_NAMES, EXCLUSION_REASONS } from "../../../src/domain/events"
import { FIT_DATA, FIT_STAGES, OTHER_STAGES } from "../../../src/domain/training"

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, above = ""): Record<string, string> =>
  Object.fromEntries(Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [[above + key, value]] : Object.entries(flat(value, `${above}${key}.`)))))
const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

const english = flat(texts.en.foresight)
const folder = join(__dirname, "../../../admin-extensions")
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name))
/** Texts asked for by a literal key: `t("…")`, also as one of two in `t(… ? "a" : "b")`, and route labels. */
const asked = sources.flatMap((name) => {
  const source = readFileSync(join(folder, name), "utf8")
  const calls = [...source.matchAll(/\bt\(([^()`]*?)[,)]/g)].flatMap(([, inside]) => [...(inside ?? "").matchAll(/"([a-z][\w-]*(?:\.[\w-]+)*)"/gi)])
  return [...calls, ...source.matchAll(/label: "([\w.]+)"/g)].map(([, key]) => ({ name, key: key ?? "" }))
})

describe("texts of the admin", () => {
  it("are the same set in German as in English", () => expect(Object.keys(flat(texts.de.foresight)).sort()).toEqual(Object.keys(english).sort()))
  it("have the same blanks to fill in German as in English", () => {
    const german = flat(texts.de.foresight)
    for (const [key, text] of Object.entries(english)) expect([key, slots(german[key] ?? "")]).toEqual([key, slots(text)])
  })
  it("name every event and every reason for setting a line aside", () => {
    const wanted = [...EVENT_NAMES.map((name) => `data.events.${name}`), ...EXCLUSION_REASONS.flatMap((reason) => [`data.reasons.${reason}.name`, `data.reasons.${reason}.why`])]
    expect(wanted.filter((key) => !(key in english))).toEqual([])
  })
  it("name exactly what a training is at, and on which data", () => {
    const wanted = [...FIT_STAGES, ...FIT_DATA, ...OTHER_STAGES].map((part) => `trainings.stages.${part.replaceAll(" ", "_")}`)
    expect(Object.keys(english).filter((key) => key.startsWith("trainings.stages.")).sort()).toEqual(wanted.sort())
  })
  it("exist for every literal key in the source", () => {
    expect(asked.length).toBeGreaterThan(60)
    expect(asked.filter(({ key }) => !(key in english) && !(`${key}_other` in english))).toEqual([])
  })
})
