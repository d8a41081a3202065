import { shopIdOf, workflowIds } from "../../../src/domain/workflow-ids"

describe("workflowIds()", () => {
  it("names every workflow by the shop", () => {
    const ids = workflowIds("shop")
    expect(ids.trainModel("demand")).toBe("foresight/shop/train-model/demand")
    expect(ids.importHistory("7")).toBe("foresight/shop/import-history/7")
    expect(ids.nightlySchedule).toBe("foresight/shop/schedule/nightly")
  })
})

describe("shopIdOf()", () => {
  it("is the option, else the database's name in letters that an id may have", () => {
    expect(shopIdOf("mine", "postgres://localhost/db")).toBe("mine")
    expect(shopIdOf(undefined, "postgres://user:secret@localhost:5432/my_shop?sslmode=require")).toBe("my_shop")
    expect(shopIdOf(undefined, "postgresql://localhost/sh%C3%B6p")).toBe("sh--p")
    expect(shopIdOf(undefined, "postgres://localhost")).toBe("shop")
  })
})
