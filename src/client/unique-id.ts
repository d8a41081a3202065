/** A random UUID; `crypto.randomUUID` exists on https and localhost only. */
export const uniqueId = (): string =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const chance = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0
    return (Number(digit) ^ (chance & (15 >> (Number(digit) / 4)))).toString(16)
  })
