import { Orders } from "../../../../src/modules/foresight/orders"

const settings = { timeZone: "UTC", retrainAfterOrders: 10 }
const noStores = {} as ConstructorParameters<typeof Orders>[0]

describe("Orders.noticed()", () => {
  it("never throws and says so once when Temporal is away", async () => {
    const warnings: string[] = []
    const orders = new Orders(noStores, { ordersPlaced: () => Promise.reject(new Error("no answer")) }, settings, (message) => warnings.push(message))
    expect(() => orders.noticed()).not.toThrow()
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings).toEqual([expect.stringContaining("its signal was not sent: no answer")])
  })

  it("counts one order towards the threshold of the options", () => {
    const ordersPlaced = jest.fn(() => Promise.resolve())
    new Orders(noStores, { ordersPlaced }, settings, () => {}).noticed()
    expect(ordersPlaced).toHaveBeenCalledWith(1, { threshold: 10 })
  })
})
