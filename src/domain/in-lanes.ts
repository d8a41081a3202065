/** Works through `items` in order, `lanes` of them at once. After a failure nothing new is begun; what is under way is waited for, and the first reason is thrown. */
export async function inLanes<Item>(items: readonly Item[], lanes: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const reasons: unknown[] = []
  const lane = async () => {
    for (const item of waiting) {
      if (reasons.length > 0) return
      await work(item).catch((reason: unknown) => reasons.push(reason))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (reasons.length > 0) throw reasons[0]
}
