/** Works through `items` in order, `lanes` of them at once. After a failure nothing new is begun; what is under way is waited for, and the first reason is thrown. */
export async function inLanes<Item>(items: readonly Item[], lanes: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const reasons: unknown[] = []
  const lane = async () => {
    while (waiting.length > 0 && reasons.length === 0) {
      const [next] = waiting.splice(0, 1) as [Item]
      await work(next).catch((reason: unknown) => reasons.push(reason))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (reasons.length > 0) throw reasons[0]
}
