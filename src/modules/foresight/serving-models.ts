import type { Stores } from "../../database/stores"
import type { Ranker } from "../../domain/recommending/ranker"
import { loadSessionModel } from "../../domain/recommending/session-model"
import { sessionRanker } from "../../domain/recommending/session-knn"
import { loadTasteModel, tasteRanker } from "../../domain/recommending/taste-model"

/** What a shelf ranks with: the versions in service, held as typed arrays. */
export interface CurrentModels {
  rankers: { taste: Ranker | null; session: Ranker | null; popular: { productId: string; score: number }[] }
  /** E.g. `taste 3, session 2`; `null` before the first training. */
  version: string | null
}

const LOOK_AGAIN_MS = 10_000
const POPULAR = 500

type RankerKind = "taste" | "session"

/** Keeps the serving versions in memory and looks every few seconds whether newer ones are in service; a request never waits for that but the first. */
export class ServingModels {
  private known: CurrentModels | undefined
  private lookedAt = 0
  private looking: Promise<CurrentModels> | undefined
  private readonly loaded = new Map<RankerKind, { id: string; ranker: Ranker; version: number }>()

  constructor(
    private readonly stores: Pick<Stores, "modelVersions" | "recommendations">,
    private readonly now: () => Date
  ) {}

  /** @throws when nothing is in memory yet and the database does not answer. */
  async current(): Promise<CurrentModels> {
    const due = this.now().getTime() - this.lookedAt >= LOOK_AGAIN_MS
    if (due && !this.looking) {
      this.looking = this.look().finally(() => (this.looking = undefined))
      // a failed look keeps what is known; the next one comes in seconds
      if (this.known) this.looking.catch(() => undefined)
    }
    return this.known ?? (await (this.looking ?? this.look()))
  }

  private async look(): Promise<CurrentModels> {
    this.lookedAt = this.now().getTime()
    const taste = await this.load("taste", (bytes) => tasteRanker(loadTasteModel(bytes)))
    const session = await this.load("session", (bytes) => sessionRanker(loadSessionModel(bytes)))
    const popular = await this.stores.recommendations.popular("", POPULAR)
    const versions = [taste && `taste ${taste.version}`, session && `session ${session.version}`].filter(Boolean)
    this.known = { rankers: { taste: taste?.ranker ?? null, session: session?.ranker ?? null, popular }, version: versions.length > 0 ? versions.join(", ") : null }
    return this.known
  }

  private async load(kind: RankerKind, open: (bytes: Uint8Array) => Ranker) {
    const serving = await this.stores.modelVersions.serving(kind)
    if (!serving) {
      this.loaded.delete(kind)
      return null
    }
    const before = this.loaded.get(kind)
    if (before?.id === serving.id) return before
    const model = { id: serving.id, ranker: open(await this.stores.modelVersions.bytes(serving.id)), version: serving.version }
    this.loaded.set(kind, model)
    return model
  }
}
