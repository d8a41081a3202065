import { useQuery } from "@tanstack/react-query"
import type { ProductAdviceAnswer } from "../../src/api/answers"
import { sdk } from "./client"
import { queryKeys } from "./query-keys"

/** Advice of every variant of a product. */
export const useProductAdvice = (productId: string) =>
  useQuery({
    queryKey: queryKeys.productAdvice(productId),
    queryFn: ({ signal }) => sdk.client.fetch<ProductAdviceAnswer>(`/admin/foresight/products/${productId}/advice`, { signal }),
  })
