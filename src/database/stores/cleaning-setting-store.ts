import type { DataSource } from "typeorm"
import { NO_TEST_ORDERS, type TestOrderSettings } from "../../domain/cleaning/test-orders"
import { rows } from "../query"

/** What the shop decided about the rules that clean its data. */
export interface CleaningSettings {
  testOrders: TestOrderSettings
  /** Whether word-for-word repeats of an imported line are set aside; by default they count. */
  duplicatesAreSetAside: boolean
}

export interface StoredCleaningSettings extends CleaningSettings {
  /** The user who changed them last; `null` while they are the defaults. */
  changedBy: string | null
  changedAt: Date | null
  /** True until all stored lines were judged by them. */
  isWaiting: boolean
}

export interface CleaningSettingStore {
  get(): Promise<StoredCleaningSettings>
  set(settings: CleaningSettings, by: string): Promise<StoredCleaningSettings>
  /** All stored lines were judged by the settings changed at `changedAt`; a change since then still waits. */
  markApplied(changedAt: Date): Promise<void>
}

const NAME = "rules"
const DEFAULTS: CleaningSettings = { testOrders: NO_TEST_ORDERS, duplicatesAreSetAside: false }

/** Makes the store of cleaning settings of an opened data source. */
export function createCleaningSettingStore(dataSource: DataSource): CleaningSettingStore {
  const get = async (): Promise<StoredCleaningSettings> => {
    const [row] = await rows<{ value: Partial<CleaningSettings>; changedBy: string | null; changedAt: Date; appliedAt: Date | null }>(
      dataSource,
      `SELECT value, changed_by AS "changedBy", changed_at AS "changedAt", applied_at AS "appliedAt" FROM foresight.cleaning_setting WHERE name = $1`,
      [NAME]
    )
    if (!row) return { ...DEFAULTS, changedBy: null, changedAt: null, isWaiting: false }
    const { value, changedBy, changedAt, appliedAt } = row
    return { ...DEFAULTS, ...value, changedBy, changedAt, isWaiting: appliedAt === null || appliedAt < changedAt }
  }
  return {
    get,

    async set(settings, by) {
      await rows(
        dataSource,
        `INSERT INTO foresight.cleaning_setting (name, value, changed_by, changed_at) VALUES ($1, $2::jsonb, $3, clock_timestamp())
          ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
        [NAME, JSON.stringify(settings), by]
      )
      return get()
    },

    async markApplied(changedAt) {
      // read back in milliseconds: rounded up, so that the same change is covered
      await rows(dataSource, "UPDATE foresight.cleaning_setting SET applied_at = $2::timestamptz + interval '1 millisecond' WHERE name = $1", [NAME, changedAt])
    },
  }
}
