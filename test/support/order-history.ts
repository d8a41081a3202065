import type { ShopOrder, ShopReturn } from "../../src/shop/shop-reader"
import { order, orderLine, returned } from "./shop-builders"
import fc from "./properties"

/** An order as the shop had it at one moment, with its returns. */
export interface OrderState {
  order: ShopOrder
  returns: ShopReturn[]
}

/** What can happen to an order after it was placed; `line` and `quantity` are taken modulo what there is. */
type Action =
  | { do: "edit" | "receive"; line: number; quantity: number }
  | { do: "add_line" | "claim" | "exchange"; quantity: number }
  | { do: "request_return"; line: number }
  | { do: "cancel_return" | "cancel" | "fulfil" | "transfer" }
  | { do: "refund"; quantity: number }

const line = fc.nat(5)
const quantity = fc.integer({ min: 0, max: 12 }).map((halves) => halves / 2)
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom("edit" as const, "receive" as const), line, quantity }),
  fc.record({ do: fc.constantFrom("add_line" as const, "claim" as const, "exchange" as const), quantity }),
  fc.record({ do: fc.constant("request_return" as const), line }),
  fc.record({ do: fc.constantFrom("cancel_return" as const, "fulfil" as const, "transfer" as const) }),
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const) }) },
  fc.record({ do: fc.constant("refund" as const), quantity })
)

const PLACED = Date.UTC(2026, 2, 1, 20)
const HOUR = 3_600_000

/** All states of one order, oldest first: placed with one to three lines, then up to ten actions, five to seventeen hours apart. */
export const orderHistory = (id: string): fc.Arbitrary<OrderState[]> =>
  fc.tuple(fc.array(quantity, { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(action, fc.integer({ min: 5, max: 17 })), { maxLength: 10 })).map(([quantities, actions]) => {
    const lines = quantities.map((units, at) => orderLine({ lineItemId: `${id}_line${at}`, variantId: `variant_${at % 2}`, sku: `SKU-${at % 2}`, quantity: units + 0.5 }))
    const states: OrderState[] = [{ order: order({ id, placedAt: new Date(PLACED), updatedAt: new Date(PLACED), lines }), returns: [] }]
    let at = PLACED
    for (const [next, hours] of actions) {
      at += hours * HOUR
      states.push(apply(states.at(-1)!, next, new Date(at), states.length))
    }
    return states
  })

function apply({ order: before, returns }: OrderState, action: Action, at: Date, step: number): OrderState {
  const now = { ...before, updatedAt: at }
  const added = (units: number, addedBy: ShopOrder["lines"][number]["addedBy"]) => orderLine({ lineItemId: `${before.id}_added${step}`, quantity: units + 0.5, addedBy })
  const only = (change: Partial<ShopOrder>): OrderState => ({ order: { ...now, ...change }, returns })
  const inReturns = (change: (one: ShopReturn) => ShopReturn): OrderState => ({ order: now, returns: returns.map((one, index) => (index === returns.length - 1 ? change(one) : one)) })
  if (before.isCanceled) return { order: before, returns }
  switch (action.do) {
    case "edit": {
      const index = action.line % Math.max(1, before.lines.length)
      // Medusa's orders do not list lines that an edit set to 0
      return only({ lines: before.lines.map((one, place) => (place === index ? { ...one, quantity: action.quantity } : one)).filter((one) => one.quantity > 0) })
    }
    case "add_line":
      return only({ lines: [...before.lines, added(action.quantity, null)] })
    case "claim":
    case "exchange":
      return only({ lines: [...before.lines, added(action.quantity, { kind: action.do, id: `${action.do}_${before.id}_${step}`, at })] })
    case "request_return": {
      const of = before.lines[action.line % Math.max(1, before.lines.length)]
      if (!of) return { order: now, returns }
      const asked = returned({ id: `return_${before.id}_${step}`, orderId: before.id, receivedAt: null, updatedAt: at, lines: [{ lineItemId: of.lineItemId, receivedQuantity: 0 }] })
      return { order: now, returns: [...returns, asked] }
    }
    case "receive":
      return inReturns((one) => ({ ...one, receivedAt: at, updatedAt: at, lines: one.lines.map((back) => ({ ...back, receivedQuantity: back.receivedQuantity + action.quantity })) }))
    case "cancel_return":
      return inReturns((one) => (one.receivedAt ? one : { ...one, isCanceled: true, updatedAt: at }))
    case "cancel":
      return only({ isCanceled: true })
    case "fulfil":
      return only({ lines: before.lines.map((one) => ({ ...one, fulfilledAt: one.fulfilledAt ?? at, locationId: "sloc_2" })) })
    case "transfer":
      return only({ customerId: `cus_of_${step}` })
    case "refund":
      return only({ refunds: [...before.refunds, { id: `ordtrx_${before.id}_${step}`, amount: action.quantity + 1, at }] })
  }
}

/** Which states are heard, and when: any of them, late, twice, out of order or never. */
export const deliveries = (states: number): fc.Arbitrary<number[]> => fc.array(fc.nat(states - 1), { maxLength: 2 * states })
