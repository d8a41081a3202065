/// <reference lib="dom" />
import { ImpressionWatch } from "../../../src/react/impression-watch"

/** An observer whose views the test sets. */
class FakeObserver {
  static last: FakeObserver
  readonly observed = new Set<Element>()
  constructor(
    private readonly tell: IntersectionObserverCallback,
    readonly options: IntersectionObserverInit
  ) {
    FakeObserver.last = this
  }
  observe = (element: Element) => void this.observed.add(element)
  unobserve = (element: Element) => void this.observed.delete(element)
  disconnect = () => this.observed.clear()
  show(element: Element, intersectionRatio: number): void {
    if (!this.observed.has(element)) return
    this.tell([{ target: element, isIntersecting: intersectionRatio > 0, intersectionRatio } as unknown as IntersectionObserverEntry], this as unknown as IntersectionObserver)
  }
}

describe("ImpressionWatch", () => {
  const [a, b] = [{} as Element, {} as Element]
  const report = jest.fn<void, [number[]]>()
  const page = globalThis as unknown as { IntersectionObserver?: unknown; document?: { visibilityState: string } }
  let watch: ImpressionWatch

  beforeEach(() => {
    jest.useFakeTimers()
    report.mockClear()
    page.IntersectionObserver = FakeObserver
    page.document = { visibilityState: "visible" }
    watch = new ImpressionWatch(report)
    watch.ref(0)(a)
    watch.ref(1)(b)
    watch.open()
  })
  afterEach(() => {
    watch.close()
    delete page.IntersectionObserver
    delete page.document
    jest.useRealTimers()
  })
  const show = (element: Element, share: number) => FakeObserver.last.show(element, share)

  it("reports what was half in view for a second, together and once", () => {
    expect(FakeObserver.last.options.threshold).toBe(0.5)
    show(b, 0.5)
    show(a, 1)
    jest.advanceTimersByTime(999)
    expect(report).not.toHaveBeenCalled()
    jest.advanceTimersByTime(201)
    expect(report.mock.calls).toEqual([[[0, 1]]])
    show(a, 0)
    show(a, 1)
    jest.advanceTimersByTime(5_000)
    expect(report).toHaveBeenCalledTimes(1)
  })

  it("does not count what is seen too little or too briefly", () => {
    show(a, 0.49)
    show(b, 0.9)
    jest.advanceTimersByTime(900)
    show(b, 0.2)
    jest.advanceTimersByTime(5_000)
    expect(report).not.toHaveBeenCalled()
    show(b, 0.6)
    jest.advanceTimersByTime(1_200)
    expect(report.mock.calls).toEqual([[[1]]])
  })

  it("does not count what stands in a tab in the background, but does once that is looked at", () => {
    page.document!.visibilityState = "hidden"
    show(a, 1)
    jest.advanceTimersByTime(10_000)
    expect(report).not.toHaveBeenCalled()
    page.document!.visibilityState = "visible"
    jest.advanceTimersByTime(1_200)
    expect(report.mock.calls).toEqual([[[0]]])
  })

  it("gives the same ref at each render, so that a render does not begin the second anew", () => {
    expect(watch.ref(0)).toBe(watch.ref(0))
    show(a, 1)
    jest.advanceTimersByTime(600)
    watch.ref(0)
    jest.advanceTimersByTime(600)
    expect(report.mock.calls).toEqual([[[0]]])
  })

  it("leaves an element that React takes away", () => {
    show(a, 1)
    watch.ref(0)(null)
    jest.advanceTimersByTime(5_000)
    expect([report.mock.calls, FakeObserver.last.observed.has(a)]).toEqual([[], false])
  })

  it("reports on closing what was seen a moment ago, and looks again when opened again (StrictMode)", () => {
    show(a, 1)
    jest.advanceTimersByTime(1_000)
    watch.close()
    expect(report.mock.calls).toEqual([[[0]]])
    watch.open()
    show(b, 1)
    jest.advanceTimersByTime(1_200)
    expect(report.mock.calls).toEqual([[[0]], [[1]]])
  })

  it("reports nothing in a browser that cannot tell", () => {
    delete page.IntersectionObserver
    const blind = new ImpressionWatch(report)
    blind.ref(0)(a)
    blind.open()
    blind.close()
    expect(report).not.toHaveBeenCalled()
  })
})
