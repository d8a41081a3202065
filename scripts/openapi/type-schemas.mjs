// JSON Schemas of TypeScript types, so that the OpenAPI file says of answers exactly what the compiler checks.
import ts from "typescript"

/**
 * @typedef {Record<string, unknown>} Schema
 * @param {string} file whose exported types may be asked for
 * @param {readonly string[]} names
 * @returns {Record<string, Schema>} by name, with all exported types that these refer to; references are `#/components/schemas/<name>`
 * @throws Error when the file exports no such type
 */
export function typeSchemas(file, names) {
  const program = ts.createProgram([file], { strict: true, exactOptionalPropertyTypes: true, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, target: ts.ScriptTarget.ES2022, skipLibCheck: true, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (!module) throw new Error(`${file} is no module`)
  const exported = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]))
  /** @type {Record<string, Schema>} */
  const schemas = {}

  /** @param {string} name */
  const refer = (name) => {
    if (!(name in schemas)) {
      const symbol = exported.get(name)
      if (!symbol) throw new Error(`${file} exports no type ${name}`)
      schemas[name] = {} // a type may refer to itself
      schemas[name] = described(describe(checker.getDeclaredTypeOfSymbol(symbol), name), symbol)
    }
    return { $ref: `#/components/schemas/${name}` }
  }
  /** @param {Schema} schema @param {ts.Symbol} symbol @returns {Schema} */
  const described = (schema, symbol) => {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ")
    return text ? { description: text, ...schema } : schema
  }

  /** @param {ts.Type} type @param {string} [root] the name under which it is being described @returns {Schema} */
  function describe(type, root) {
    const name = type.aliasSymbol?.name ?? type.symbol?.name
    const symbol = type.aliasSymbol ?? type.symbol
    if (name !== undefined && name !== root && exported.get(name) === symbol) return refer(name)
    if (type.isUnion()) return describeUnion(type.types, root)
    if (type.flags & ts.TypeFlags.StringLiteral || type.flags & ts.TypeFlags.NumberLiteral) return { const: /** @type {ts.LiteralType} */ (type).value }
    if (type.flags & ts.TypeFlags.String) return { type: "string" }
    if (type.flags & ts.TypeFlags.Number) return { type: "number" }
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: "boolean" }
    if (type.flags & ts.TypeFlags.Null) return { type: "null" }
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {}
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const items = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type)).map((item) => describe(item))
      return { type: "array", items: items.length === 1 ? items[0] : anyOf(items) }
    }
    return describeObject(type)
  }

  /** @param {readonly ts.Type[]} members @param {string} [root] @returns {Schema} */
  function describeUnion(members, root) {
    const given = members.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
    const literals = given.flatMap((member) => (member.flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral) ? [/** @type {ts.LiteralType} */ (member).value] : []))
    const booleans = given.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral)
    const rest = given.filter(({ flags }) => !(flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral | ts.TypeFlags.BooleanLiteral)))
    return anyOf([
      ...(literals.length > 0 ? [literals.length === 1 ? { const: literals[0] } : { enum: literals }] : []),
      ...(booleans.length > 0 ? [{ type: "boolean" }] : []),
      ...rest.map((member) => describe(member, root)),
    ])
  }

  /** @param {ts.Type} type @returns {Schema} */
  function describeObject(type) {
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String)
    const properties = checker.getPropertiesOfType(type)
    const entries = properties.map((property) => {
      const own = checker.getTypeOfSymbol(property)
      return /** @type {const} */ ([property.name, described(describe(own), property)])
    })
    const required = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name)
    return {
      type: "object",
      ...(entries.length > 0 && { properties: Object.fromEntries(entries) }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: describe(index) }),
    }
  }

  for (const name of names) refer(name)
  return schemas
}

/** @param {Schema[]} schemas @returns {Schema} */
function anyOf(schemas) {
  const [only] = schemas
  return schemas.length === 1 && only ? only : { anyOf: schemas }
}
