import { createElement } from "react"
import { renderToString } from "react-dom/server"
import { createForesight } from "../../../src/client"
import { ForesightProvider, RecommendationShelf, useRecommendations, useTrack } from "../../../src/react"
import type { Shelf } from "../../../src/react"

// What these components do in a browser is tested in test/browser/storefront.spec.ts.
describe("the React part on a server", () => {
  const foresight = createForesight({ baseUrl: "", publishableKey: "pk_1", consent: "granted" })
  const inShop = (component: () => React.ReactNode) => renderToString(createElement(ForesightProvider, { foresight, children: createElement(component) }))

  it("renders a shelf as loading, without asking", () => {
    const seen: Shelf[] = []
    const html = inShop(() => createElement(RecommendationShelf, { listId: "home", children: (shelf: Shelf) => (seen.push(shelf), createElement("p", null, "…")) }))
    expect(html).toBe("<p>…</p>")
    expect(seen).toEqual([{ items: [], loading: true, error: null, refetch: expect.any(Function), recommendationId: null }])
  })

  it("does not call a shelf that must wait loading", () => {
    expect(inShop(() => JSON.stringify(useRecommendations({}, { enabled: false }).loading))).toBe("false")
  })

  it("gives the tracker's own function", () => {
    expect(inShop(() => String(useTrack() === foresight.track))).toBe("true")
  })

  it("says what is missing outside of the provider", () => {
    expect(() => renderToString(createElement(() => String(useTrack())))).toThrow("<ForesightProvider")
  })
})
