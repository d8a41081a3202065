/** The Postgres schema that holds everything of ours; `uninstall --data` drops it as a whole. */
export const SCHEMA = "foresight"
