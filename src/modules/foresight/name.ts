/** Key of the module in Medusa's container; in a file of its own, so that routes do not load the module to know it. */
export const FORESIGHT_MODULE = "foresight"
