/** One project a kind of test, so that each can run alone: `jest --selectProjects unit`. */
const swc = [
  "@swc/jest",
  {
    jsc: {
      target: "es2022",
      parser: { syntax: "typescript", tsx: true, decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: "automatic" } },
    },
  },
]
const project = (displayName, folder, more = {}) => ({
  displayName,
  rootDir: __dirname,
  testEnvironment: "node",
  transform: { "^.+\\.tsx?$": swc },
  moduleFileExtensions: ["js", "ts", "tsx", "json", "cjs", "mjs"],
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.foresight/", "<rootDir>/demo/store/"],
  testMatch: [`<rootDir>/test/${folder}/**/*.spec.ts`, `<rootDir>/test/${folder}/**/*.contract.ts`],
  ...more,
})
/** What runs beside a database, Temporal, Medusa or a browser. */
const oneMoreTry = { setupFilesAfterEnv: ["<rootDir>/test/support/retry-once.ts"] }

module.exports = {
  testTimeout: 300_000, // on a fresh machine the Temporal server is being built beside the first tests: ten times slower was seen
  projects: [
    project("unit", "unit"),
    project("contracts", "contracts"),
    project("modules", "integration/modules", oneMoreTry),
    project("http", "integration/http", oneMoreTry),
    project("workflows", "integration/workflows", oneMoreTry),
    project("browser", "browser", oneMoreTry),
  ],
}
