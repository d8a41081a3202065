/** How much of an element has to be in view, and for how long, to count as seen (the measure of the IAB for an advertisement). */
const VISIBLE_SHARE = 0.5
const VISIBLE_MS = 1_000
/** Items seen within as long are reported together, ms. */
const GATHER_MS = 200

/** Reports once which items of a list were really seen: at least half in view for one second. */
export class ImpressionWatch {
  private observer: IntersectionObserver | null = null
  private readonly places = new Map<Element, number>()
  private readonly refs = new Map<number, (element: Element | null) => void>()
  private readonly visible = new Map<Element, ReturnType<typeof setTimeout>>()
  private readonly seen = new Set<number>()
  private fresh: number[] = []
  private gathering: ReturnType<typeof setTimeout> | undefined

  /** @param report Told the places of items just seen, in ascending order. */
  constructor(private readonly report: (places: number[]) => void) {}

  /** The ref for the item at one place; the same function each time, so that a render does not begin the second anew. */
  ref(place: number): (element: Element | null) => void {
    const known = this.refs.get(place)
    if (known) return known
    let current: Element | null = null
    const ref = (element: Element | null): void => {
      if (current) this.leave(current)
      current = element
      if (!element) return
      this.places.set(element, place)
      this.observer?.observe(element)
    }
    this.refs.set(place, ref)
    return ref
  }

  /** Begins to look; browsers without IntersectionObserver report nothing. */
  open(): void {
    if (typeof IntersectionObserver === "undefined") return
    this.observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.onChange(entry)), { threshold: VISIBLE_SHARE })
    for (const element of this.places.keys()) this.observer.observe(element)
  }

  /** Stops looking; what was seen and not yet reported is reported now. */
  close(): void {
    this.observer?.disconnect()
    this.observer = null
    for (const timer of this.visible.values()) clearTimeout(timer)
    this.visible.clear()
    this.tell()
  }

  private leave(element: Element): void {
    this.observer?.unobserve(element)
    this.places.delete(element)
    this.hide(element)
  }

  private hide(element: Element): void {
    clearTimeout(this.visible.get(element))
    this.visible.delete(element)
  }

  private onChange({ target, isIntersecting, intersectionRatio }: IntersectionObserverEntry): void {
    if (!isIntersecting || intersectionRatio < VISIBLE_SHARE) this.hide(target)
    else if (!this.visible.has(target)) this.wait(target)
  }

  private wait(element: Element): void {
    const onSecond = (): void => {
      // Nobody sees a tab in the background: the second begins again there.
      if (document.visibilityState === "hidden") return this.wait(element)
      this.visible.delete(element)
      this.note(element)
    }
    this.visible.set(element, setTimeout(onSecond, VISIBLE_MS))
  }

  private note(element: Element): void {
    const place = this.places.get(element)
    if (place === undefined || this.seen.has(place)) return
    this.seen.add(place)
    this.fresh.push(place)
    this.gathering ??= setTimeout(() => this.tell(), GATHER_MS)
  }

  private tell(): void {
    clearTimeout(this.gathering)
    this.gathering = undefined
    if (this.fresh.length > 0) this.report(this.fresh.sort((a, b) => a - b))
    this.fresh = []
  }
}
