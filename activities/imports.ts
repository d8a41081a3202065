import type { Stores } from "../src/database/stores"
import type { ResolvedReferences, StagedLine, StagedReferences } from "../src/database/stores/import-store"
import { matchCancellations, type CancellationCandidate } from "../src/domain/imports/match-cancellations"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"

const LINES_AT_ONCE = 5_000
/** Lines inserted by one step of the workflow: its history stays short, a retry repeats little. */
const LINES_A_STEP = 100_000
const NAMES_AT_ONCE = 500

export interface ImportActivityDeps {
  stores: Pick<Stores, "imports">
  reader: ShopReader
  context: () => ActivityContext
}

/** Names of the file that no place of the shop has: their lines went to the default. */
export interface UnknownPlaces {
  unknownLocations: string[]
  unknownSalesChannels: string[]
}

/** A staged line that takes part in the matching of cancellations with sales. */
interface Candidate extends CancellationCandidate {
  line: number
  exclusion: StagedLine["exclusion"]
}

export const createImportActivities = ({ stores, reader, context }: ImportActivityDeps) => ({
  /** Matches cancellations with the sales they void, over the whole file. Repeating it changes nothing. */
  async judgeStagedLines({ importId }: { importId: string }): Promise<{ voided: number }> {
    const current = context()
    return withHeartbeats(current, async (note) => {
      const { status, resumeLine } = await stores.imports.get(importId)
      if (status === "inserting" && resumeLine > 0) return { voided: 0 } // judged before the first line became an event
      const candidates: Candidate[] = []
      for (let afterLine = 0; ; ) {
        throwIfStopped(current)
        const lines = await stores.imports.stagedPage(importId, { afterLine, limit: LINES_AT_ONCE })
        const last = lines.at(-1)
        if (!last) break
        afterLine = last.line
        note({ stage: "reading", line: afterLine })
        for (const line of lines) candidates.push(...asCandidate(line))
      }
      candidates.sort(byGroupAndTime)
      const changed: { line: number; exclusion: StagedLine["exclusion"]; detail: string | null }[] = []
      for (const { row, verdict } of matchCancellations(candidates)) {
        const exclusion = verdict === "voided_by_cancellation" || verdict === "cancellation" ? verdict : null
        if (exclusion !== row.exclusion) changed.push({ line: row.line, exclusion, detail: null })
      }
      for (let at = 0; at < changed.length; at += LINES_AT_ONCE) {
        note({ stage: "marking", line: at })
        await stores.imports.excludeStaged(importId, changed.slice(at, at + LINES_AT_ONCE))
      }
      return { voided: changed.filter(({ exclusion }) => exclusion === "voided_by_cancellation").length }
    })
  },

  /** Looks up the names in the next lines and turns these into events. A retry goes on after the last page that was committed. */
  async insertNextLines({ importId }: { importId: string }): Promise<{ inserted: number; more: boolean } & UnknownPlaces> {
    const current = context()
    return withHeartbeats(current, async (note) => {
      const frame = await reader.frame()
      const strange = { locations: new Set<string>(), salesChannels: new Set<string>() }
      const told = (): UnknownPlaces => ({ unknownLocations: [...strange.locations].sort(), unknownSalesChannels: [...strange.salesChannels].sort() })
      const known = createNameMemory(reader)
      let { resumeLine } = await stores.imports.get(importId)
      let inserted = 0
      for (let done = 0; done < LINES_A_STEP; done += LINES_AT_ONCE) {
        throwIfStopped(current)
        note({ line: resumeLine })
        const page = { afterLine: resumeLine, limit: LINES_AT_ONCE }
        const names = await stores.imports.stagedReferences(importId, page)
        const references: ResolvedReferences = {
          ...(await known(names)),
          locations: named(names.locations, frame.locations).map(({ name, id }) => ({ name, locationId: id })),
          salesChannels: named(names.salesChannels, frame.salesChannels).map(({ name, id }) => ({ name, salesChannelId: id })),
          defaultLocationId: frame.defaultLocationId,
          defaultSalesChannelId: frame.defaultSalesChannelId,
        }
        for (const name of strangers(names.locations, references.locations)) strange.locations.add(name)
        for (const name of strangers(names.salesChannels, references.salesChannels)) strange.salesChannels.add(name)
        const step = await stores.imports.insertFromStaging(importId, { ...page, references })
        inserted += step.inserted
        if (step.lastLine === null) return { inserted, more: false, ...told() }
        resumeLine = step.lastLine
      }
      return { inserted, more: true, ...told() }
    })
  },

  /** Ends the import and its report. */
  async closeImport({ importId, status, error }: { importId: string; status: "done" | "failed" | "canceled"; error: string | null }): Promise<void> {
    await stores.imports.finish(importId, { status, error })
  },
})
export type ImportActivities = ReturnType<typeof createImportActivities>

/** The names nobody answered to. */
const strangers = (names: readonly string[], known: readonly { name: string }[]) => names.filter((name) => !known.some((one) => one.name === name))

/** Sales and cancellations that count so far; those of an earlier matching are matched afresh. */
function asCandidate({ line, kind, customerRef, sku, quantity, occurredAt, exclusion }: StagedLine): Candidate[] {
  const counts = exclusion === null || exclusion === "voided_by_cancellation" || exclusion === "cancellation"
  if ((kind !== "purchase" && kind !== "refund") || !counts || sku === null || quantity === null) return []
  return [{ line, kind, customerRef, sku, quantity, at: occurredAt.getTime(), exclusion }]
}

const compare = (one: string, two: string) => (one < two ? -1 : one > two ? 1 : 0)

/** As `matchCancellations()` wants it: by customer and SKU, oldest first, a sale before a cancellation of the same moment, the file's order otherwise. */
function byGroupAndTime(one: Candidate, two: Candidate): number {
  return (
    compare(one.customerRef ?? "", two.customerRef ?? "") ||
    compare(one.sku, two.sku) ||
    one.at - two.at ||
    Number(one.kind === "refund") - Number(two.kind === "refund") ||
    one.line - two.line
  )
}

/** Places by name, without regard to case, or by id. */
function named(names: readonly string[], places: readonly { id: string; name: string }[]): { name: string; id: string }[] {
  return names.flatMap((name) => {
    const place = places.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase())
    return place ? [{ name, id: place.id }] : []
  })
}

/** Asks the shop for each name once, in batches; remembers what it does not know as well. */
function createNameMemory(reader: ShopReader) {
  const skus = createMemory((names) => reader.variantsBySku(names), ({ sku }) => sku)
  const handles = createMemory((names) => reader.productsByHandle(names), ({ handle }) => handle)
  const customers = createMemory((names) => reader.customersByRef(names), ({ ref }) => ref)
  return async (names: StagedReferences) => ({
    skus: await skus(names.skus),
    productHandles: await handles(names.productHandles),
    customers: await customers(names.customerRefs),
  })
}

function createMemory<Found>(ask: (names: readonly string[]) => Promise<Found[]>, nameOf: (found: Found) => string) {
  const memory = new Map<string, Found | null>()
  return async (names: readonly string[]): Promise<Found[]> => {
    const unknown = names.filter((name) => !memory.has(name))
    for (let at = 0; at < unknown.length; at += NAMES_AT_ONCE) {
      const batch = unknown.slice(at, at + NAMES_AT_ONCE)
      for (const name of batch) memory.set(name, null)
      for (const found of await ask(batch)) memory.set(nameOf(found), found)
    }
    return names.flatMap((name) => memory.get(name) ?? [])
  }
}
