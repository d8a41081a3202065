/** The tag `Intl` expects for one of the dashboard's language codes: `zhCN` → `zh-CN`, `de` → `de`; English where the code is unknown. */
export function languageTag(code: string): string {
  const tag = code.replace(/^([a-z]{2})_?-?([A-Z]{2})$/, "$1-$2")
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en"
  } catch {
    return "en"
  }
}
