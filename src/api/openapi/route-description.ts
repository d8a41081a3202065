import type { ZodObject, ZodType } from "zod"

/** What the OpenAPI file says of one route. `scripts/build-openapi.mjs` adds what follows from it: parameters of the path, refusals, login. */
export interface RouteDescription {
  method: "GET" | "POST" | "DELETE"
  /** As Medusa writes it: `/admin/foresight/trainings/:id`. */
  path: string
  summary: string
  /** What the route checks of parameters of its path; of others anything may be asked for, and is not found. */
  params?: ZodObject
  /** The schema that the route's middleware or the route itself checks. */
  query?: ZodType
  body?: ZodType
  /** Types of content of a body that is no JSON. */
  upload?: readonly string[]
  /** Status of success; 200 unless given. */
  status?: 201 | 202
  /** Name of a type of `api/answers.ts`, or an object of such names and of `number`. */
  answer?: string | Readonly<Record<string, string>>
  /** What a success with status 200 answers where `status` is another. */
  otherwise?: Readonly<Record<string, string>>
  /** Types of content of answers that are no JSON. */
  files?: readonly string[]
  /** Refusals beyond those of every route of its kind. */
  refusals?: readonly (400 | 404 | 413 | 429)[]
}
