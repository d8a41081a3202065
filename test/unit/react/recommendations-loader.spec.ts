import type { Recommendations, RecommendationsRequest } from "../../../src/client"
import { RecommendationsLoader } from "../../../src/react/recommendations-loader"

const answer = (recommendation_id: string): Recommendations => ({ recommendation_id, scenario: "personal", model: null, fallback_depth: 0, items: [], took_ms: 1 })

/** A client whose answers the test gives by hand. */
function asked() {
  const questions: { request: RecommendationsRequest; signal: AbortSignal; resolve: (answer: Recommendations) => void; reject: (error: unknown) => void }[] = []
  const recommendations = (request: RecommendationsRequest = {}, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise<Recommendations>((resolve, reject) => questions.push({ request, signal: signal!, resolve, reject }))
  return { questions, foresight: { recommendations } }
}

describe("RecommendationsLoader", () => {
  const [personal, session] = [JSON.stringify({ scenario: "personal" }), JSON.stringify({ scenario: "session" })]

  it("loads, and tells its listeners until they leave", async () => {
    const { questions, foresight } = asked()
    const loader = new RecommendationsLoader()
    const listener = jest.fn()
    const leave = loader.subscribe(listener)
    expect(loader.of(personal)).toEqual({ data: null, error: null, loading: true })
    const loading = loader.load(foresight, personal)
    expect(questions[0]!.request).toEqual({ scenario: "personal" })
    questions[0]!.resolve(answer("rec_1"))
    await loading
    expect(loader.of(personal)).toEqual({ data: answer("rec_1"), error: null, loading: false })
    expect(listener).toHaveBeenCalledTimes(2)
    leave()
    const again = loader.load(foresight, personal)
    questions[1]!.resolve(answer("rec_2"))
    await again
    expect(listener).toHaveBeenCalledTimes(2)
  })

  it("keeps the last good list while it asks again, and when that fails", async () => {
    const { questions, foresight } = asked()
    const loader = new RecommendationsLoader()
    const first = loader.load(foresight, personal)
    questions[0]!.resolve(answer("rec_1"))
    await first
    const second = loader.load(foresight, personal)
    expect(loader.of(personal)).toEqual({ data: answer("rec_1"), error: null, loading: true })
    questions[1]!.reject("away")
    await second
    expect(loader.of(personal)).toEqual({ data: answer("rec_1"), error: new Error("away"), loading: false })
  })

  it("gives up an older question for a newer one, whose place a late answer does not take", async () => {
    const { questions, foresight } = asked()
    const loader = new RecommendationsLoader()
    const older = loader.load(foresight, personal)
    const newer = loader.load(foresight, session)
    expect(questions.map(({ signal }) => signal.aborted)).toEqual([true, false])
    questions[1]!.resolve(answer("rec_session"))
    questions[0]!.resolve(answer("rec_late"))
    await Promise.all([older, newer])
    expect(loader.of(session).data?.recommendation_id).toBe("rec_session")
    expect(loader.of(personal)).toEqual({ data: null, error: null, loading: true })
  })

  it("says nothing of a failure that nobody waits for any more", async () => {
    const { questions, foresight } = asked()
    const loader = new RecommendationsLoader()
    const listener = jest.fn()
    const loading = loader.load(foresight, personal)
    loader.subscribe(listener)
    loader.stop()
    questions[0]!.reject(new Error("AbortError"))
    await loading
    expect(listener).not.toHaveBeenCalled()
  })
})
