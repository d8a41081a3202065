import { defineConfig, loadEnv } from "@medusajs/framework/utils"

loadEnv(process.env.NODE_ENV ?? "development", process.cwd())

export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: process.env.STORE_CORS ?? "http://localhost:8000",
      adminCors: process.env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: process.env.AUTH_CORS ?? "http://localhost:8000,http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET ?? "supersecret",
      cookieSecret: process.env.COOKIE_SECRET ?? "supersecret",
    },
    // Plain http on localhost: a secure cookie would never come back and the admin's login would loop.
    cookieOptions: { secure: false, sameSite: "lax" },
  },
  // Spares every store request a database look-up of its publishable key; with several servers, use the Redis provider.
  featureFlags: { caching: true },
  modules: [{ resolve: "@medusajs/caching", options: { in_memory: { enable: true } } }],
  plugins: [
    {
      resolve: "medusa-plugin-foresight",
      options: {
        temporal: { address: process.env.TEMPORAL_ADDRESS },
        trainingTimeBudgetSeconds: process.env.FORESIGHT_TRAINING_SECONDS,
        ingest: { durable: process.env.FORESIGHT_INGEST_DURABLE !== "false", flushIntervalMs: process.env.FORESIGHT_FLUSH_INTERVAL_MS },
        // The demo's history is years old on its first day and is to be seen whole.
        retention: { browseDays: 3650, cartDays: 3650 },
      },
    },
  ],
})
