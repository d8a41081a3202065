import type { DataSource, EntityMetadata, ObjectLiteral, ObjectType } from "typeorm"
import { countChanged, type Executor } from "./query"
import { SCHEMA } from "./schema"

type Column = EntityMetadata["columns"][number]
const CHUNK = 2000

/** Columns of an entity for a raw `SELECT`, named by its properties: days as text (a `Date` would shift east of UTC), numerics as numbers. */
export function columnList<Row extends ObjectLiteral>(
  dataSource: DataSource,
  entity: ObjectType<Row>,
  options: { alias?: string; without?: (keyof Row & string)[] } = {}
): string {
  const prefix = options.alias ? `${options.alias}.` : ""
  return dataSource
    .getMetadata(entity)
    .columns.filter((column) => !options.without?.includes(column.propertyName))
    .map((column) => `${prefix}${column.databaseName}${readCast(column)} AS "${column.propertyName}"`)
    .join(", ")
}
const readCast = ({ type }: Column) => (type === "date" ? "::text" : type === "numeric" ? "::float8" : "")

/** The parts of `INSERT INTO table (columns) select` for many rows at once: one text array a column, so that the statement is the same for any number of rows.
 * Rows are ordered by their key: two writers of the same rows wait for each other instead of locking crosswise.
 * Properties missing in the first row are left to their default. */
export function bulkSource<Row extends ObjectLiteral>(dataSource: DataSource, entity: ObjectType<Row>, given: readonly Partial<Row>[]) {
  const metadata = dataSource.getMetadata(entity)
  const first = given[0] ?? {}
  const columns = metadata.columns.filter((column) => column.propertyName in first)
  const names = columns.map((column) => column.databaseName)
  const key = metadata.primaryColumns.map((column) => column.databaseName)
  const select = columns.map((column) => `r.${column.databaseName}::${sqlType(column)}`).join(", ")
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(", ")
  return {
    table: `${SCHEMA}.${metadata.tableName}`,
    names,
    key,
    select: `SELECT ${select} FROM unnest(${arrays}) AS r(${names.join(", ")}) ORDER BY ${key.map((name) => `r.${name}`).join(", ")}`,
    parameters: columns.map((column) => given.map((row) => literal(row[column.propertyName], column))),
  }
}

/** The same for a mere insert of many like rows: a column that has one value in all rows is sent once, one that is `null` in all is left out, and nothing is
 * sorted. That halves the time Postgres takes for browse events.
 * @param given In an order that all writers of these rows share. */
export function likeRowsSource<Row extends ObjectLiteral>(dataSource: DataSource, entity: ObjectType<Row>, given: readonly Row[]) {
  const metadata = dataSource.getMetadata(entity)
  const first = given[0]
  const isSame = ({ propertyName }: Column) => given.every((row) => row[propertyName] === first?.[propertyName])
  const parameters: unknown[] = []
  const names: string[] = []
  const selected: string[] = []
  const arrays: string[] = []
  const listed: string[] = []
  for (const column of metadata.columns.filter(({ propertyName }) => first && propertyName in first)) {
    const { databaseName: name, propertyName } = column
    if (isSame(column)) {
      if (first?.[propertyName] === null) continue
      selected.push(`$${parameters.push(literal(first?.[propertyName], column))}::${sqlType(column)}`)
    } else {
      arrays.push(`$${parameters.push(given.map((row) => literal(row[propertyName], column)))}::text[]`)
      listed.push(name)
      selected.push(`r.${name}::${sqlType(column)}`)
    }
    names.push(name)
  }
  const from = arrays.length > 0 ? ` FROM unnest(${arrays.join(", ")}) AS r(${listed.join(", ")})` : ""
  return { table: `${SCHEMA}.${metadata.tableName}`, names, select: `SELECT ${selected.join(", ")}${from}`, parameters }
}

/** Inserts rows or, where the key is taken, overwrites them; the last of several rows with one key wins.
 * @param newerBy Only overwrites a row whose value in this property is not later. @returns rows written. */
export async function upsertRows<Row extends ObjectLiteral>(
  executor: Executor,
  dataSource: DataSource,
  entity: ObjectType<Row>,
  given: readonly Partial<Row>[],
  { newerBy }: { newerBy?: keyof Row & string } = {}
): Promise<number> {
  const keys = dataSource.getMetadata(entity).primaryColumns.map((column) => column.propertyName)
  const distinct = [...new Map(given.map((row) => [JSON.stringify(keys.map((name) => row[name] as unknown)), row])).values()]
  let written = 0
  for (let from = 0; from < distinct.length; from += CHUNK) {
    const { table, names, key, select, parameters } = bulkSource(dataSource, entity, distinct.slice(from, from + CHUNK))
    const changes = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`)
    const newer = newerBy ? dataSource.getMetadata(entity).findColumnWithPropertyName(newerBy)?.databaseName : undefined
    const condition = newer ? ` WHERE kept.${newer} <= excluded.${newer}` : ""
    const statement = `INSERT INTO ${table} AS kept (${names.join(", ")}) ${select}
      ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${changes.join(", ")}${condition}`
    written += await countChanged(executor, statement, parameters)
  }
  return written
}

const sqlType = (column: Column) => `${String(column.type)}${column.isArray ? "[]" : ""}`

/** A value as Postgres reads it from text. */
function literal(value: unknown, column: Column): string | null {
  if (value === null || value === undefined) return null
  if (column.type === "jsonb") return jsonText(value)
  if (Array.isArray(value)) return `{${value.map((entry) => (typeof entry === "string" ? quoted(entry) : String(entry))).join(",")}}`
  if (value instanceof Date) return value.toISOString()
  if (typeof value === "string") return storable(value)
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  throw new TypeError(`column ${column.databaseName} was given a ${typeof value}`)
}
/** JSON that Postgres stores: see `storable`. */
export const jsonText = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) => (typeof inner === "string" ? storable(inner) : inner))
const quoted = (text: string) => `"${storable(text).replace(/["\\]/g, "\\$&")}"`
/** Postgres stores neither NUL nor half a surrogate pair; both become the replacement character. */
const storable = (text: string) => text.replace(/\0|[\ud800-\udfff]/gu, "\ufffd")
