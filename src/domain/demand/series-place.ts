/** The variant and location that a series of the store's panel stands for: `variant@location`; `null` for a name of another form. */
export function seriesPlace(seriesId: string): { variantId: string; locationId: string } | null {
  const at = seriesId.lastIndexOf("@")
  return at < 0 ? null : { variantId: seriesId.slice(0, at), locationId: seriesId.slice(at + 1) }
}

/** The variant that a series stands for; the whole name where it has another form. */
export function seriesVariant(seriesId: string): string {
  return seriesPlace(seriesId)?.variantId ?? seriesId
}
