import type { SetAsideChangeAnswer } from "../../api/answers"
import type { Stores } from "../../database/stores"
import type { CleaningSettings, StoredCleaningSettings } from "../../database/stores/cleaning-setting-store"
import type { EventKey, ExclusionChange } from "../../database/stores/exclusion-store"
import { tidyTestOrderSettings } from "../../domain/cleaning/test-orders"
import { dayInZone } from "../../domain/day"
import { ForesightError } from "../../domain/errors"
import type { ExclusionReason } from "../../domain/events"
import type { ForesightClient } from "../../temporal/foresight-client"
import { readDataOverview, type DataOverview } from "./data-overview"

/** Several people looking at the page cost one reading in so long, ms. */
const KEPT_MS = 2_000
/** Lines restored by one call for a whole reason or import. */
const MOST_RESTORED = 20_000

/** What arrived and what does not count, as the admin sees and changes it. Every change is kept with who made it and when. */
export class DataDesk {
  private known: { at: number; overview: Promise<DataOverview> } | undefined

  constructor(
    private readonly stores: Pick<Stores, "arrivals" | "exclusions" | "demand" | "reconcile" | "setAside" | "cleaningSettings">,
    private readonly temporal: Pick<ForesightClient, "recountDemand">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** At most two seconds old. */
  overview(): Promise<DataOverview> {
    const now = this.now()
    if (!this.known || now.getTime() - this.known.at >= KEPT_MS) {
      const reading = { at: now.getTime(), overview: readDataOverview(this.stores, dayInZone(now, this.timeZone)) }
      this.known = reading
      reading.overview.catch(() => {
        if (this.known === reading) this.known = undefined
      })
    }
    return this.known.overview
  }

  /** Lets lines count again for good. */
  async restore(keys: readonly EventKey[], by: string): Promise<SetAsideChangeAnswer> {
    return this.told(await this.stores.exclusions.restore(keys, by))
  }

  /** The same for all lines of a reason, an import or both, 20,000 at most. */
  async restoreAll(which: { reason?: ExclusionReason | undefined; importId?: string | undefined }, by: string): Promise<SetAsideChangeAnswer> {
    const { left, ...change } = await this.stores.exclusions.restoreAll({ ...which, limit: MOST_RESTORED }, by)
    return this.told(change, left)
  }

  /** Sets lines aside by hand. */
  async exclude(keys: readonly EventKey[], by: string, note: string | null): Promise<SetAsideChangeAnswer> {
    return this.told(await this.stores.exclusions.excludeByHand(keys, by, note))
  }

  /** @throws ForesightError `not_found` where no rule and nobody ever set the line aside. */
  async restoreOne(key: EventKey, by: string): Promise<SetAsideChangeAnswer> {
    const answer = await this.restore([key], by)
    return this.orNotFound(answer, key, "is not set aside")
  }

  /** @throws ForesightError `not_found` where there is no such line. */
  async excludeOne(key: EventKey, by: string, note: string | null): Promise<SetAsideChangeAnswer> {
    const answer = await this.exclude([key], by, note)
    return this.orNotFound(answer, key, "does not exist")
  }

  /** Changes the rules' settings; all stored lines are judged by them at the next recount. */
  async setSettings({ testOrders, duplicatesAreSetAside }: CleaningSettings, by: string): Promise<StoredCleaningSettings> {
    const stored = await this.stores.cleaningSettings.set({ testOrders: tidyTestOrderSettings(testOrders), duplicatesAreSetAside }, by)
    await this.recount()
    return stored
  }

  private async orNotFound(answer: SetAsideChangeAnswer, key: EventKey, what: string): Promise<SetAsideChangeAnswer> {
    if (answer.changed > 0 || (await this.stores.setAside.has(key))) return answer
    throw new ForesightError("not_found", `Line ${key.eventId} of ${key.day} ${what}`)
  }

  private async told(change: ExclusionChange, left = 0): Promise<SetAsideChangeAnswer> {
    this.known = undefined
    return { ...change, left, counts: change.changed > 0 ? await this.recount() : "soon" }
  }

  /** The note in the database stays, so that the night counts the days where no worker can be told now. */
  private async recount(): Promise<SetAsideChangeAnswer["counts"]> {
    try {
      await this.temporal.recountDemand()
      return "soon"
    } catch (error) {
      if (error instanceof ForesightError && error.code === "unavailable") return "tonight"
      throw error
    }
  }
}
