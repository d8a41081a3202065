import type { Stores } from "../../../../src/database/stores"
import type { ShopEvent } from "../../../../src/domain/events"
import { Histories } from "../../../../src/modules/foresight/histories"
import { shopEvent } from "../../../support/shop-event"

const view = (eventId: string, productId: string) => shopEvent({ eventId, productId, name: "view_item", customerId: "cus_1", orderId: null })

/** A customer whose past can be told, with notes of what was read. */
function setUp({ past = [] as ShopEvent[], fails = false } = {}) {
  let time = Date.UTC(2026, 2, 15, 12)
  let failing = fails
  const read: string[] = []
  const fresh: ShopEvent[] = []
  const stores = {
    events: {
      recentOfCustomer: async () => {
        read.push("past")
        if (failing) throw new Error("Postgres is away")
        return [...past]
      },
      newOfCustomer: async (_: string, { receivedAfter, fromDay }: { receivedAfter: Date; fromDay: string }) => {
        read.push(`new after ${receivedAfter.toISOString().slice(11, 19)} from ${fromDay}`)
        return [...fresh]
      },
      recentOfSession: async (_: string, __: number, fromDay: string) => {
        read.push(`session from ${fromDay}`)
        return [view("s", "tea")]
      },
    },
    recommendations: { vector: async () => ({ customerId: "cus_1", productIds: ["pot", "cup"], weights: [0.5, 0.2], purchasedIds: ["pot"] }) },
  } as unknown as Stores
  return { histories: new Histories(stores, () => new Date(time)), read, fresh, mend: () => (failing = false), pass: (ms: number) => (time += ms) }
}

describe("Histories.ofCustomer()", () => {
  it("joins what the night knows with what was done since; a product's newer act counts alone", async () => {
    const { histories } = setUp({ past: [view("1", "cup"), shopEvent({ eventId: "2", productId: "lid" })] })
    const { signals, purchased } = await histories.ofCustomer("cus_1")
    expect(signals.map(({ productId, weight }) => [productId, weight])).toEqual([["pot", 0.5], ["cup", 0.15], ["lid", 1]])
    expect(purchased.sort()).toEqual(["lid", "pot"])
  })

  it("reads the past once a minute, and what is new each time, counting nothing twice", async () => {
    const { histories, read, fresh, pass } = setUp({ past: [view("1", "cup")] })
    await histories.ofCustomer("cus_1")
    fresh.push(view("2", "lid"), view("1", "cup"))
    pass(30_000)
    const { signals } = await histories.ofCustomer("cus_1")
    expect(signals.map(({ productId }) => productId)).toEqual(["pot", "lid", "cup"])
    // ten seconds before the past was read, and the partitions of 32 days before
    expect(read).toEqual(["past", "new after 11:59:50 from 2026-02-11"])
  })

  it("counts what goes into the cart once when storefront and Medusa both tell it, also when one of them comes later", async () => {
    const put = (eventId: string, source: string) => shopEvent({ eventId, source, productId: "lid", name: "add_to_cart", customerId: "cus_1", orderId: null })
    const { histories, fresh } = setUp({ past: [put("ours", "medusa")] })
    const weights = async () => (await histories.ofCustomer("cus_1")).signals.flatMap(({ productId, weight }) => (productId === "lid" ? [weight] : []))
    expect(await weights()).toEqual([0.5])
    fresh.push(put("theirs", "storefront"))
    expect(await weights()).toEqual([0.5])
  })

  it("forgets an erased customer at once", async () => {
    const { histories, read } = setUp()
    await histories.ofCustomer("cus_1")
    histories.forget("cus_1")
    await histories.ofCustomer("cus_1")
    expect(read).toEqual(["past", "past"])
  })

  it("does not keep a failure", async () => {
    const { histories, mend } = setUp({ fails: true })
    await expect(histories.ofCustomer("cus_1")).rejects.toThrow("Postgres is away")
    mend()
    expect((await histories.ofCustomer("cus_1")).purchased).toEqual(["pot"])
  })
})

describe("Histories.ofSession()", () => {
  it("looks into the last weeks only", async () => {
    const { histories, read } = setUp()
    expect((await histories.ofSession("s")).map(({ productId }) => productId)).toEqual(["tea"])
    expect(read).toEqual(["session from 2026-02-11"])
  })
})
