/** Round constants: first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const K = new Int32Array(64)
/** Start value: the same of the square roots of the first 8 primes. */
const START = new Int32Array(8)

const isPrime = (n: number) => {
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) return false
  return true
}
const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0
for (let n = 2, found = 0; found < 64; n += 1) {
  if (!isPrime(n)) continue
  if (found < 8) START[found] = fraction(Math.sqrt(n))
  K[found] = fraction(Math.cbrt(n))
  found += 1
}

const encoder = new TextEncoder()
const words = new Int32Array(64)
const turn = (x: number, bits: number) => (x >>> bits) | (x << (32 - bits))

/** SHA-256 of a text in UTF-8, first `bytes` bytes in hexadecimal. Pure, so that domain code needs no Node module. @see FIPS 180-4. */
export function sha256Hex(text: string, bytes = 32): string {
  const message = encoder.encode(text)
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29))
  view.setUint32(padded.length - 4, (message.length << 3) >>> 0)
  const state = Int32Array.from(START)
  for (let offset = 0; offset < padded.length; offset += 64) mixBlock(state, view, offset)
  let hex = ""
  for (const word of state) hex += (word >>> 0).toString(16).padStart(8, "0")
  return hex.slice(0, bytes * 2)
}

function mixBlock(state: Int32Array, view: DataView, offset: number): void {
  const w = (index: number) => words[index] as number
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(offset + i * 4)
  for (let i = 16; i < 64; i += 1) {
    const a = w(i - 15)
    const b = w(i - 2)
    words[i] = (w(i - 16) + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w(i - 7) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i += 1) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (K[i] as number) + w(i)) | 0
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const add = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = ((state[i] as number) + (add[i] as number)) | 0
}
