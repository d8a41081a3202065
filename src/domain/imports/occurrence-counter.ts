import { ForesightError } from "../errors"

const FIRST_SLOTS = 1 << 16
/** 9 bytes a slot: 1.2 GB, for about 94 million different order lines in one file. */
const MOST_SLOTS = 1 << 27
const FULLEST = 0.7
const MANY = 255

/**
 * Counts how often each text has come, in 9 bytes of typed arrays a slot instead of a string and a map entry: millions of lines cost tens of megabytes.
 * Texts are known by 64 bits of two 32-bit hashes: of 25 million different ones, two are taken for one with a chance of about 2 in 100,000.
 */
export class OccurrenceCounter {
  private slots = FIRST_SLOTS
  private used = 0
  private high = new Uint32Array(FIRST_SLOTS)
  private low = new Uint32Array(FIRST_SLOTS)
  /** Times seen; 0: the slot is free; 255: `often` knows. */
  private times = new Uint8Array(FIRST_SLOTS)
  private readonly often = new Map<number, number>()

  /** @returns 1 the first time a text comes, 2 the second …
   * @throws ForesightError `invalid_file` for more different texts than memory is meant for. */
  next(text: string): number {
    let a = 0x811c9dc5
    let b = 0x9747b28c
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ code, 0x5bd1e995)
      b ^= b >>> 15
    }
    return this.count(mixed(a ^ text.length), mixed(b))
  }

  private count(high: number, low: number): number {
    const slot = this.find(high, low)
    const seen = this.times[slot] as number
    if (seen === 0) {
      this.high[slot] = high
      this.low[slot] = low
      this.times[slot] = 1
      this.used += 1
      if (this.used > this.slots * FULLEST) this.grow()
      return 1
    }
    if (seen < MANY - 1) return (this.times[slot] = seen + 1)
    const key = high * 2 ** 21 + (low >>> 11) // 53 bits are plenty for the few that come so often
    const times = (this.often.get(key) ?? MANY - 1) + 1
    this.often.set(key, times)
    this.times[slot] = MANY
    return times
  }

  private find(high: number, low: number): number {
    const mask = this.slots - 1
    let slot = low & mask
    while (this.times[slot] !== 0 && (this.high[slot] !== high || this.low[slot] !== low)) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    if (this.slots >= MOST_SLOTS) throw new ForesightError("invalid_file", `the file has more than ${Math.floor(MOST_SLOTS * FULLEST)} different order lines; split it and import the parts, oldest first`)
    const { high, low, times, slots } = this
    this.slots *= 2
    this.high = new Uint32Array(this.slots)
    this.low = new Uint32Array(this.slots)
    this.times = new Uint8Array(this.slots)
    for (let old = 0; old < slots; old += 1) {
      if (times[old] === 0) continue
      const slot = this.find(high[old] as number, low[old] as number)
      this.high[slot] = high[old] as number
      this.low[slot] = low[old] as number
      this.times[slot] = times[old] as number
    }
  }
}

/** Spreads the bits of a 32-bit hash (the last step of MurmurHash3, Appleby, public domain). */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
