import { finished } from "node:stream/promises"
import { from, type CopyStreamQuery } from "pg-copy-streams"
import type { DataSource } from "typeorm"
import type { ShopEvent } from "../domain/events"
import { jsonText } from "./bulk"
import { NULL, copyField, copyInstant } from "./copy-text"
import { explained } from "./query"
import { SCHEMA } from "./schema"

const COLUMNS = `day, event_id, name, occurred_at, source, customer_id, visitor_id, session_id, product_id, variant_id, sku, location_id, sales_channel_id,
  region_id, order_id, cart_id, quantity, unit_price, currency_code, search_term, properties`

/** Adds events by one COPY, which takes Postgres two thirds of the time of an `INSERT … ON CONFLICT`: all of them, committed, or none.
 * @param events In an order that all writers of these rows share; their months have partitions.
 * @throws a unique violation where one of them is known already, or there twice. */
export async function copyEvents(dataSource: DataSource, events: readonly ShopEvent[]): Promise<void> {
  const runner = dataSource.createQueryRunner()
  try {
    const client = (await runner.connect()) as { query(stream: CopyStreamQuery): CopyStreamQuery }
    const copy = client.query(from(`COPY ${SCHEMA}.event (${COLUMNS}) FROM STDIN`))
    copy.end(copyText(events))
    await finished(copy)
  } catch (error) {
    throw explained(error)
  } finally {
    await runner.release()
  }
}

function copyText(events: readonly ShopEvent[]): string {
  let text = ""
  for (const one of events) {
    text += `${one.day}\t${copyField(one.eventId)}\t${one.name}\t${copyInstant(one.occurredAt)}\t${copyField(one.source)}\t${copyField(one.customerId)}\t`
    text += `${copyField(one.visitorId)}\t${copyField(one.sessionId)}\t${copyField(one.productId)}\t${copyField(one.variantId)}\t${copyField(one.sku)}\t`
    text += `${copyField(one.locationId)}\t${copyField(one.salesChannelId)}\t${copyField(one.regionId)}\t${copyField(one.orderId)}\t${copyField(one.cartId)}\t`
    text += `${one.quantity ?? NULL}\t${one.unitPrice ?? NULL}\t${copyField(one.currencyCode)}\t${copyField(one.searchTerm)}\t`
    text += `${one.properties === null ? NULL : copyField(jsonText(one.properties))}\n`
  }
  return text
}
