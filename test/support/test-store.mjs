/** @returns {Promise<NodeJS.ProcessEnv>} */
export async function prepareTestStore() { return {} }
