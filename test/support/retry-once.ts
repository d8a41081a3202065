// A browser on a busy machine may miss a moment that the product does not promise: one more try, and the first failure is printed beside it.
jest.retryTimes(1, { logErrorsBeforeRetry: true })
