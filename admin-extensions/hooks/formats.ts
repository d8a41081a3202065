import { languageTag } from "./language-tag"

/** Writes numbers and dates in the reader's language. Days are `YYYY-MM-DD` and stay that day in every time zone. */
export function formats(language: string) {
  const tag = languageTag(language)
  const units = new Intl.NumberFormat(tag, { maximumFractionDigits: 3 })
  const rounded = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const signed = new Intl.NumberFormat(tag, { maximumFractionDigits: 3, signDisplay: "exceptZero" })
  const percent = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 })
  const finePercent = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 })
  const figure = new Intl.NumberFormat(tag, { minimumFractionDigits: 4, maximumFractionDigits: 4 })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" })
  const shortDay = new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" })
  const instant = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" })
  const utc = (text: string) => new Date(`${text}T00:00:00Z`)
  return {
    /** Units; up to three decimals, since Medusa's quantities may have them. */
    units: (value: number) => units.format(value),
    /** About as many units, for expectations. */
    rounded: (value: number) => rounded.format(value),
    /** Units with + or − in front; the true minus is as wide as the plus. */
    signed: (value: number) => signed.format(value).replace("-", "−"),
    /** A chance in [0, 1]; very small and very large ones are not called 0 or 100%. */
    chance: (value: number) =>
      value > 0 && value < 0.01 ? `< ${percent.format(0.01)}` : value > 0.99 && value < 1 ? `> ${percent.format(0.99)}` : percent.format(value),
    /** A share in [0, 1] with one decimal, such as a service level. */
    share: (value: number) => finePercent.format(value),
    /** Whole units of money. @param currency ISO 4217; one that nobody knows stands in front as it is. */
    money: (value: number, currency: string) => {
      const code = currency.toUpperCase()
      return /^[A-Z]{3}$/.test(code) ? new Intl.NumberFormat(tag, { style: "currency", currency: code, maximumFractionDigits: 0 }).format(value) : `${code} ${rounded.format(value)}`
    },
    /** A metric or a loss. */
    figure: (value: number) => figure.format(value),
    day: (text: string) => day.format(utc(text)),
    shortDay: (text: string) => shortDay.format(utc(text)),
    instant: (text: string) => instant.format(new Date(text)),
  }
}
