/** Who may import whom: the machine's copy of docs/architecture.md, "Zones". */
const forbid = (name, from, to, comment) => ({ name, comment, severity: "error", from, to })
const packages = (pattern) => ({ path: `(^|node_modules/)${pattern}` })

module.exports = {
  forbidden: [
    forbid("no-cycle", {}, { circular: true }, "A cycle means that two files are one idea, or that a piece is missing."),
    forbid("domain-is-pure", { path: "^src/domain" }, { path: "^(src|workflows|activities|demo|test|admin-extensions)/", pathNot: "^src/domain" }, "Rules know nothing of their surroundings."),
    forbid("domain-only-zod", { path: "^src/domain" }, { dependencyTypes: ["npm", "npm-dev", "npm-peer", "npm-optional", "core"], pathNot: "(^|node_modules/)zod" }, "No disk, no network, no library but zod."),
    forbid("tensors-stay-in-learning", { path: ".", pathNot: "^(src/learning|test)/" }, packages("@tensorflow/"), "Tensors never leave src/learning."),
    forbid("learning-knows-only-domain", { path: "^src/learning" }, { path: "^(src|workflows|activities|demo|test|admin-extensions)/", pathNot: "^src/(learning|domain)" }, "Training knows neither Medusa nor the database."),
    forbid("sql-stays-in-database", { path: ".", pathNot: "^(src/database|test|demo)/" }, packages("(typeorm|pg|pg-copy-streams)/"), "Only src/database speaks SQL."),
    forbid("medusa-at-the-doors", { path: ".", pathNot: "^(src/(shop|modules|api|subscribers|policies|worker/boot-shop)|demo|test|admin-extensions)" }, packages("@medusajs/"), "Only the doors know Medusa."),
    forbid(
      "temporal-in-its-places",
      { path: ".", pathNot: "^(src/(temporal|worker|cli)|workflows|activities|demo|test)" },
      packages("@temporalio/"),
      "Everything else goes through src/temporal."
    ),
    forbid("imports-know-files-and-tables", { path: "^src/imports" }, { path: "^(src|workflows|activities|demo|test|admin-extensions)/", pathNot: "^src/(imports|domain|database)/", dependencyTypesNot: ["type-only"] }, "Command and web process read a file by the same code; neither comes along."),
    forbid("sales-know-only-rules", { path: "^src/sales" }, { path: "^(src|workflows|activities|demo|test|admin-extensions)/", pathNot: "^src/(sales|domain|imports)/" }, "A sales file is read without store or database."),
    forbid("web-has-no-worker", { path: "^src/(modules|api|subscribers)" }, { path: "^(src/(learning|worker|cli)|workflows|activities)", dependencyTypesNot: ["type-only"] }, "The web process loads neither TensorFlow.js nor the Temporal worker."),
    forbid(
      "workflows-are-deterministic",
      { path: "^workflows" },
      { path: "^(src|activities|demo|test)/", pathNot: "^(src/domain|workflows)/", dependencyTypesNot: ["type-only"] },
      "Workflows know activities by type and pure rules by code."
    ),
    forbid("workflows-without-node", { path: "^workflows" }, { dependencyTypes: ["core"] }, "Node built-ins do not exist in the workflow sandbox."),
    forbid("admin-talks-http", { path: "^admin-extensions" }, { path: "^(src|workflows|activities|demo|test)/", dependencyTypesNot: ["type-only"] }, "The admin imports answers' types and nothing else of the server."),
    forbid("kit-knows-no-server", { path: "^src/(client|react)" }, { path: "^(src|workflows|activities|demo|test|admin-extensions)/", pathNot: "^src/(client|react)/" }, "The storefront kit runs in strangers' pages."),
    forbid("client-has-no-dependency", { path: "^src/client" }, { dependencyTypes: ["npm", "npm-dev", "npm-peer", "npm-optional", "core"] }, "The tracker is one small file."),
    forbid("client-knows-no-react", { path: "^src/client" }, { path: "^src/react" }, "The React part stands on the client, not the other way round."),
    forbid("react-knows-only-react", { path: "^src/react" }, { dependencyTypes: ["npm", "npm-dev", "npm-peer", "npm-optional", "core"], pathNot: "(^|node_modules/)(@types/)?react/" }, "React is all that a storefront has to bring."),
    forbid("server-knows-no-kit", { path: "^(src|workflows|activities|admin-extensions)/", pathNot: "^src/(client|react)/" }, { path: "^src/(client|react)/" }, "Browser code stays in the browser."),
    forbid("nobody-imports-tests", { path: "^(src|workflows|activities|admin-extensions|demo)" }, { path: "^test" }, "Product code does not know its tests."),
    forbid("no-missing", { path: "^(src|workflows|activities)" }, { couldNotResolve: true, pathNot: "^(@tensorflow/tfjs-node|@tensorflow/tfjs-node-gpu)$" }, "The import does not resolve."),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(node_modules/.*/node_modules|\\.medusa|\\.foresight|src/admin)(/|$)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.lint.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
}
