import { DEFAULT_SEED } from "../../domain/default-seed"
import { createPathDraws } from "../../domain/demand/path-draws"
import { bandOfSum, sumPaths, swingRatio } from "../../domain/demand/sum-of-series"
import type { Band } from "../../domain/demand/sum-of-series"
import type { DemandClass } from "../../domain/demand/types"
import { itemTitle } from "../../domain/insight/item-title"
import { groupOf, LIST_WEEKS, NO_CATEGORY, type DemandLevel, type DemandPicture, type PictureSeries } from "./demand-picture"

/** One line of the list: a variant, a product, a category or the shop. */
export interface DemandLine {
  id: string
  /** `null` where the screen has a word of its own: the shop, no category. */
  title: string | null
  sku: string | null
  thumbnail: string | null
  productId: string | null
  series: number
  /** Of a single variant. */
  demandClass: DemandClass | null
  historyWeeks: number
  /** Units of the last four weeks. */
  sold: number
  /** Expected in the next four weeks. */
  expected: number
  /** The same with its range, drawn when it is first read: a list shows few of its lines. */
  readonly next: Band
  /** Expected / sold − 1; `null` where nothing was sold. */
  change: number | null
  isOverridden: boolean
}

type DemandSort = "expected" | "sold" | "change" | "uncertainty" | "title"
/** `-` in front: largest first. */
export type DemandOrder = DemandSort | `-${DemandSort}`

/** Futures drawn: enough for the first and the ninth decile of a sum. */
const PATHS = 400
/** Groups worked out before other requests get their turn. */
const GROUPS_AT_ONCE = 100

export const pathDraws = createPathDraws({ paths: PATHS, seed: DEFAULT_SEED })

/** Lists of one picture, each level worked out when it is first asked for. */
export class DemandLists {
  private readonly known = new WeakMap<DemandPicture, Map<DemandLevel, Promise<DemandLine[]>>>()

  /** All lines of a level, unsorted. */
  of(picture: DemandPicture, level: DemandLevel): Promise<DemandLine[]> {
    const levels = this.known.get(picture) ?? new Map<DemandLevel, Promise<DemandLine[]>>()
    this.known.set(picture, levels)
    const lines = levels.get(level) ?? linesOf(picture, level)
    levels.set(level, lines)
    return lines
  }

  /** The same with all ranges drawn, as a sort by them needs; other requests get their turn between. */
  async drawn(picture: DemandPicture, level: DemandLevel): Promise<DemandLine[]> {
    const lines = await this.of(picture, level)
    for (const [at, line] of lines.entries()) {
      void line.next // reading it draws it
      if (at % GROUPS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    return lines
  }
}

async function linesOf(picture: DemandPicture, level: DemandLevel): Promise<DemandLine[]> {
  const groups = new Map<string, PictureSeries[]>()
  for (const one of picture.series) {
    const id = groupOf(level, one)
    const members = groups.get(id)
    if (members) members.push(one)
    else groups.set(id, [one])
  }
  const lines: DemandLine[] = []
  for (const [id, members] of groups) {
    lines.push(lineOf(picture, level, id, members))
    if (lines.length % GROUPS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return lines
}

function lineOf({ soldLately, categories }: DemandPicture, level: DemandLevel, id: string, members: readonly PictureSeries[]): DemandLine {
  const [first] = members
  const sold = [...new Set(members.map(({ variantId }) => variantId))].reduce((sum, variantId) => sum + (soldLately.get(variantId) ?? 0), 0)
  const expected = meanOf(members, LIST_WEEKS).reduce((sum, units) => sum + units, 0)
  let next: Band | undefined
  return {
    id,
    ...labelsOf(level, id, first, categories),
    series: members.length,
    demandClass: level === "variant" ? (first?.demandClass ?? null) : null,
    historyWeeks: members.reduce((most, { historyWeeks }) => Math.max(most, historyWeeks), 0),
    sold,
    expected,
    get next() {
      return (next ??= bandAhead(members, LIST_WEEKS))
    },
    change: sold > 0 ? expected / sold - 1 : null,
    isOverridden: members.some(({ overriddenBy }) => overriddenBy.length > 0),
  }
}

/** What a group is called. */
export function labelsOf(
  level: DemandLevel,
  id: string,
  first: PictureSeries | undefined,
  categories: ReadonlyMap<string, string>
): Pick<DemandLine, "title" | "sku" | "thumbnail" | "productId"> {
  if (level === "shop" || !first) return { title: null, sku: null, thumbnail: null, productId: null }
  if (level === "category") return { title: id === NO_CATEGORY ? null : (categories.get(id) ?? id), sku: null, thumbnail: null, productId: null }
  const { productTitle, variantTitle, sku, thumbnail, productId } = first
  if (level === "product") return { title: productTitle, sku: null, thumbnail, productId }
  return { title: itemTitle(productTitle, variantTitle), sku, thumbnail, productId }
}

/** Mean and band of the first `weeks` weeks of several series together. */
function bandAhead(members: readonly PictureSeries[], weeks: number): Band {
  const paths = sumPaths(members.map((forecast) => ({ forecast, index: forecast.index })), Math.ceil(weeks), pathDraws)
  return bandOfSum(paths, meanOf(members, Math.ceil(weeks)), swingRatio(members.map(({ demand }) => demand)), weeks, pathDraws)
}

/** Expected units of each week, all series together; weeks beyond a horizon repeat its last one. */
export function meanOf(members: readonly { mean: readonly number[] }[], weeks: number): number[] {
  return Array.from({ length: weeks }, (_, week) => members.reduce((sum, { mean }) => sum + (mean[Math.min(week, mean.length - 1)] ?? 0), 0))
}

/** One page of lines: those whose title or SKU contains `q`, sorted; lines without a value last, ties by title. */
export function pageOfLines(
  lines: readonly DemandLine[],
  { q, demandClass, order, limit, offset }: { q?: string | undefined; demandClass?: DemandClass | undefined; order: DemandOrder; limit: number; offset: number }
): { lines: DemandLine[]; count: number } {
  const wanted = q?.toLowerCase()
  const found = lines.filter(
    (line) => (!wanted || [line.title, line.sku].some((text) => text?.toLowerCase().includes(wanted))) && (!demandClass || line.demandClass === demandClass)
  )
  const isDescending = order.startsWith("-")
  const value = SORTS[(isDescending ? order.slice(1) : order) as DemandSort]
  const sorted = found
    .map((line) => ({ line, value: value(line) }))
    .sort((one, two) => compare(one.value, two.value, isDescending) || compare(one.line.title, two.line.title, false) || (one.line.id < two.line.id ? -1 : 1))
  return { lines: sorted.slice(offset, offset + limit).map(({ line }) => line), count: found.length }
}

const SORTS: Record<DemandSort, (line: DemandLine) => number | string | null> = {
  expected: ({ expected }) => expected,
  sold: ({ sold }) => sold,
  change: ({ change }) => change,
  uncertainty: ({ next }) => (next.mean > 0 ? (next.high - next.low) / next.mean : null),
  title: ({ title }) => title?.toLowerCase() ?? null,
}

function compare(one: number | string | null, two: number | string | null, isDescending: boolean): number {
  if (one === two) return 0
  if (one === null) return 1
  if (two === null) return -1
  return (one < two ? -1 : 1) * (isDescending ? -1 : 1)
}
