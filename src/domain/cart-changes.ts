/** What a cart holds of one variant. */
export interface CartQuantity {
  variantId: string
  productId: string | null
  quantity: number
  unitPrice?: number | null
}

/** One difference between two looks at a cart. */
export interface CartChange {
  name: "add_to_cart" | "remove_from_cart"
  variantId: string
  productId: string | null
  /** Units added or removed, > 0. */
  quantity: number
  unitPrice: number | null
}

/** What was put into and taken out of a cart between two looks; both may list a variant several times. */
export function cartChanges(before: readonly CartQuantity[], after: readonly CartQuantity[]): CartChange[] {
  const difference = new Map<string, { line: CartQuantity; quantity: number }>()
  for (const [lines, sign] of [[after, 1], [before, -1]] as const) {
    for (const line of lines) {
      const known = difference.get(line.variantId)
      if (known) known.quantity += sign * line.quantity
      else difference.set(line.variantId, { line, quantity: sign * line.quantity })
    }
  }
  return [...difference.values()].flatMap(({ line, quantity }) =>
    quantity === 0
      ? []
      : [{ name: quantity > 0 ? "add_to_cart" : "remove_from_cart", variantId: line.variantId, productId: line.productId, quantity: Math.abs(quantity), unitPrice: line.unitPrice ?? null }]
  )
}
