const DAY_MS = 86_400_000

/** A day `YYYY-MM-DD` moved by `days` days. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
