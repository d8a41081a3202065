// Beside other processes on a busy machine a test may miss a moment that the product does not promise: one more try, and the first failure is printed with it.
jest.retryTimes(1, { logErrorsBeforeRetry: true })
