import type { IdPage } from "../src/shop/shop-reader"

/** The rows of a walk by id, page by page. */
export async function* allPages<Row>(read: (after: string | null) => Promise<IdPage<Row>>): AsyncGenerator<Row[]> {
  for (let after: string | null = null, last = false; !last; ) {
    const { rows, next }: IdPage<Row> = await read(after)
    after = next
    last = next === null
    yield rows
  }
}
