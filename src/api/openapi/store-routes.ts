import { z } from "zod"
import { MAX_BATCH, StorefrontEvent } from "../../domain/events"
import { RecommendationsBody, RecommendationsQuery } from "../store/foresight/validators"
import type { RouteDescription } from "./route-description"

/** The envelope as the route checks it, with the events that it checks one by one. */
const events = z.array(StorefrontEvent).min(1).max(MAX_BATCH).describe("or in the shape of Segment or PostHog, see docs/events.md")
const DescribedBatch = z.object({ events }).strict()

/** Routes of the storefront. */
export const STORE_ROUTES: readonly RouteDescription[] = [
  {
    method: "POST",
    path: "/store/foresight/events",
    summary: "Takes what visitors did, one verdict an event",
    body: DescribedBatch,
    status: 202,
    answer: "EventsAnswer",
    refusals: [413, 429],
  },
  {
    method: "POST",
    path: "/store/foresight/recommendations",
    summary: "Products for one visitor at one moment, each with its reason",
    body: RecommendationsBody,
    answer: "RecommendationsAnswer",
  },
  {
    method: "GET",
    path: "/store/foresight/recommendations",
    summary: "The same by query string, so that a cache can help",
    query: RecommendationsQuery,
    answer: "RecommendationsAnswer",
  },
]
