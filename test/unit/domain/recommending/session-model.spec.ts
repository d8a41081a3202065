import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { buildSessionIndex } from "../../../../src/domain/recommending/session-knn"
import type { SessionModel } from "../../../../src/domain/recommending/session-model"
import { loadSessionModel, sessionModelBytes } from "../../../../src/domain/recommending/session-model"
import { groupedInteractions } from "../../../support/interaction-builders"

const table = buildInteractionTable(groupedInteractions())
const model: SessionModel = {
  recipe: { algorithm: "session_knn", neighbours: 100, samples: 500, halfLifeDays: 30 },
  items: table.items,
  index: buildSessionIndex(table, { maxSessions: 50 }),
}

describe("loadSessionModel()", () => {
  it("gives back what was packed, the newest sessions only", () => {
    const loaded = loadSessionModel(sessionModelBytes(model))
    expect(loaded).toEqual(model)
    expect(loaded.index.at).toHaveLength(50)
  })
  it.each([
    ["settings out of range", { ...model, recipe: { ...model.recipe, neighbours: 0 } }, "neighbours"],
    ["lists of another length", { ...model, items: ["one"] }, "do not fit its 1 items"],
    ["sessions that are not there", { ...model, index: { ...model.index, at: model.index.at.subarray(1) } }, "49 sessions"],
  ])("refuses %s", (_, bad, message) => {
    const load = () => loadSessionModel(sessionModelBytes(bad))
    expect(load).toThrow(message)
    expect(load).toThrow(expect.objectContaining({ code: "invalid_model" }) as Error)
  })
})
