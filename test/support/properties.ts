import fc from "fast-check"

/** The same cases in every run, so that a landing does not hang on which were drawn; `FORESIGHT_TEST_SEED=n` tries others. */
fc.configureGlobal({ seed: Number(process.env.FORESIGHT_TEST_SEED ?? 1) })

export default fc
