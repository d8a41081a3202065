import { setTimeout as sleep } from "node:timers/promises"
import {
  createAdviceActivities,
  createCleaningActivities,
  createDemandActivities,
  createForecastActivities,
  createImportActivities,
  createReconcileActivities,
  createRecommendationActivities,
  createRetentionActivities,
  createTrainingActivities,
} from "../../activities"
import { temporalContext, type ActivityContext } from "../../activities/activity-context"
import { loadDemandPanel } from "../../activities/load-demand-panel"
import type { RunTraining } from "../../activities/training"
import { holidaysOf } from "../calendar/holidays-of"
import type { Stores } from "../database/stores"
import { dayInZone, type Day } from "../domain/day"
import { defaultSettings, type ForesightOptions } from "../options"
import type { ShopReader } from "../shop/shop-reader"
import { DEFAULT_SEED } from "../domain/default-seed"

/** Least and most weeks forecast ahead; beyond them the last week repeats. */
const LEAST_WEEKS = 8
const MOST_WEEKS = 26

export interface ActivitiesInput {
  options: ForesightOptions
  stores: Stores
  reader: ShopReader
  runTraining: RunTraining
  now?: () => Date
  context?: () => ActivityContext
}

/** Weeks that are forecast, and those whose sum the gate compares: lead time + review period of the shop's defaults. */
export function forecastWeeks({ leadTimeDays, reviewDays, coverDays }: Pick<ForesightOptions, "leadTimeDays" | "reviewDays" | "coverDays">): { horizonWeeks: number; sumWeeks: number } {
  const sumWeeks = Math.min(MOST_WEEKS, Math.max(1, Math.ceil((leadTimeDays + reviewDays) / 7)))
  const horizonWeeks = Math.min(MOST_WEEKS, Math.max(LEAST_WEEKS, Math.ceil((leadTimeDays + reviewDays + coverDays) / 7)))
  return { horizonWeeks, sumWeeks }
}

/** All activities over one set of stores and one shop: the worker's composition root. */
export function createActivities({ options, stores, reader, runTraining, now = () => new Date(), context = temporalContext }: ActivitiesInput) {
  const { timezone: timeZone, country } = options
  const today = (): Day => dayInZone(now(), timeZone)
  const holidays = (from: Day, to: Day) => (country ? holidaysOf(country, from, to) : [])
  holidays(today(), today()) // an unknown country is told at the start, not in the night
  const weeks = forecastWeeks(options)
  const loadPanel = (asOf: Day, pulse: () => void) => loadDemandPanel({ stores, reader, timeZone, holidays }, asOf, pulse)
  return {
    ...createCleaningActivities({ stores, reader, today, now, context }),
    ...createDemandActivities({ stores, today, context }),
    ...createReconcileActivities({
      stores,
      reader,
      timeZone,
      settings: { ordersPerSecond: options.reconcile.ordersPerSecond, linkGuestsByEmail: options.linkGuestsByEmail, abandonedCartHours: options.abandonedCartHours },
      now,
      context,
      pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    }),
    ...createTrainingActivities({
      stores,
      loadPanel,
      runTraining,
      settings: { ...weeks, timeZone, timeBudgetSeconds: options.trainingTimeBudgetSeconds, memoryBudgetBytes: options.trainingMemoryMegabytes * 2 ** 20 },
      today,
      context,
    }),
    ...createForecastActivities({ stores, reader, loadPanel, runTraining, settings: weeks, today, now, context }),
    ...createAdviceActivities({ stores, reader, defaults: defaultSettings(options), seed: DEFAULT_SEED, today, now, context }),
    ...createRecommendationActivities({ stores, reader, erasure: options.erasure, today, now, context }),
    ...createRetentionActivities({ stores, retention: options.retention, today, now, context }),
    ...createImportActivities({ stores, reader, timeZone, context }),
  }
}
