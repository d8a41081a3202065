import { ForesightError } from "../domain/errors"

/** Where a sales file's columns stand; -1: it has none of that name. */
export interface SalesColumns {
  width: number
  itemId: number
  date: number
  quantity: number
  price: number
  inStock: number
  locationId: number
  category: number
  title: number
  known: number[]
  statics: number[]
}

const REQUIRED = ["item_id", "date", "quantity"] as const
const OPTIONAL = ["price", "in_stock", "location_id", "category", "title"] as const
const EXPECTED = `${REQUIRED.join(", ")} and, where present, ${OPTIONAL.join(", ")}`

/** Finds the columns by the header; capitals and blanks around a name do not count.
 * @param known Names given by `--known`. @param statics Names given by `--static`.
 * @throws ForesightError `invalid_file` for a missing or doubled column, `invalid_options` for a name that the file does not have. */
export function salesColumns(file: string, header: readonly string[], known: readonly string[], statics: readonly string[]): SalesColumns {
  const names = header.map((name) => name.trim().toLowerCase())
  const listed = header.map((name) => name.trim()).join(", ")
  const doubled = names.find((name, index) => name !== "" && names.indexOf(name) !== index)
  if (doubled !== undefined) throw new ForesightError("invalid_file", `${file} line 1: column ${JSON.stringify(doubled)} stands twice; expected each name once`)
  const missing = REQUIRED.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new ForesightError("invalid_file", `${file} line 1: no column ${missing.join(", ")}; found ${listed}; expected ${EXPECTED}`)
  const named = (option: string, asked: readonly string[]) =>
    asked.map((name) => {
      const index = names.indexOf(name.trim().toLowerCase())
      if (index >= 0 && !REQUIRED.some((required) => required === names[index])) return index
      const why = index < 0 ? `is no column of ${file}` : "has its own meaning"
      throw new ForesightError("invalid_options", `--${option} ${JSON.stringify(name)} ${why}; expected one of ${header.filter((_, at) => !REQUIRED.some((required) => required === names[at])).join(", ") || "none: the file has no further column"}`)
    })
  const at = (name: string) => names.indexOf(name)
  return {
    width: header.length,
    ...{ itemId: at("item_id"), date: at("date"), quantity: at("quantity") },
    ...{ price: at("price"), inStock: at("in_stock"), locationId: at("location_id"), category: at("category"), title: at("title") },
    ...{ known: named("known", known), statics: named("static", statics) },
  }
}
