import { ForesightError } from "../errors"
import { addRowsKernel, addTreeKernel, findBinsKernel, MOST_COLUMNS } from "./kernel-code"
import { assemble } from "./wasm-code"

/** What is used of the WebAssembly interface; TypeScript declares it only together with a browser's. */
interface WebAssemblyInterface {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { exports: unknown }
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer; grow: (pages: number) => number }
}
const { Module, Instance, Memory } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly

type Kernel = (...addressesAndCounts: number[]) => void
/** The hot loops: see kernel-code.ts for what each takes. */
export type Kernels = Record<"findBins" | "addTree" | `addRows${number}`, Kernel>

const PAGE = 65_536
const MOST_PAGES = 65_536
/** A larger memory is given back when its work is done. */
const KEPT_PAGES = 1024

interface Home {
  memory: InstanceType<WebAssemblyInterface["Memory"]>
  kernels: Kernels
}
let compiled: object | undefined
/** Memories at rest. Each reserves gigabytes of addresses, so they are used again. */
const resting: Home[] = []

/** Does work in memory that the kernels see. Its arrays begin with whatever an earlier work left.
 * @param sizes Bytes of each array that will be taken.
 * @throws ForesightError `too_many` above 4 GB, `unavailable` where the machine has not as much.
 */
export function inKernelMemory<T>(sizes: readonly number[], work: (memory: KernelMemory) => T): T {
  const pages = Math.ceil(sizes.reduce((sum, size) => sum + aligned(size), 16) / PAGE)
  if (pages > MOST_PAGES) {
    throw new ForesightError("too_many", `boosted trees would need ${Math.ceil(pages / 16)} MB; expected at most 4096: fewer rows, columns or leaves`)
  }
  const home = resting.pop() ?? newHome()
  enlarge(home.memory, pages)
  try {
    return work(new KernelMemory(home.kernels, home.memory.buffer))
  } finally {
    if (pages <= KEPT_PAGES) resting.push(home)
  }
}

function enlarge(memory: Home["memory"], pages: number): void {
  const present = memory.buffer.byteLength / PAGE
  if (present >= pages) return
  try {
    memory.grow(pages - present)
  } catch (cause) {
    throw new ForesightError("unavailable", `boosted trees need ${Math.ceil(pages / 16)} MB, which this process cannot have`, { cause })
  }
}

function newHome(): Home {
  compiled ??= new Module(assemble([...Array.from({ length: MOST_COLUMNS }, (_, at) => addRowsKernel(at + 1)), findBinsKernel, addTreeKernel]))
  const memory = new Memory({ initial: 1 })
  return { memory, kernels: new Instance(compiled, { env: { memory } }).exports as Kernels }
}

/** Arrays that the kernels see, taken one after the other, each on a boundary of 16 bytes; an array's `byteOffset` is its address. */
export class KernelMemory {
  // address 0 stays free: it means "none"
  private used = 16

  constructor(
    readonly kernels: Kernels,
    private readonly buffer: ArrayBuffer
  ) {}

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer, this.take(length), length)
  }

  integers(length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.buffer, this.take(4 * length), length)
  }

  floats(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.buffer, this.take(4 * length), length)
  }

  doubles(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.buffer, this.take(8 * length), length)
  }

  private take(size: number): number {
    const at = this.used
    this.used += aligned(size)
    return at
  }
}

function aligned(size: number): number {
  return Math.ceil(size / 16) * 16
}
