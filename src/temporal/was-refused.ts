import { isGrpcServiceError } from "@temporalio/client"
import { NamespaceNotFoundError } from "@temporalio/common"

/** Codes of gRPC by which a server says that it did nothing: invalid argument, not found, permission denied, resource exhausted, failed precondition, unimplemented, unauthenticated. */
const REFUSALS: readonly number[] = [3, 5, 7, 8, 9, 12, 16]

/** Whether Temporal surely refused a call. After any other error, a late answer above all, the work may have begun. */
export function wasRefused(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof NamespaceNotFoundError) return true
    if (isGrpcServiceError(at)) return REFUSALS.includes(at.code)
  }
  return false
}
