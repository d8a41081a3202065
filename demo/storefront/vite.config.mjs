import { fileURLToPath } from "node:url"
import { defineConfig } from "vite"

/** The kit as the package ships it: a shop's own bundler would find it by the package's exports. @param {string} part */
const built = (part) => fileURLToPath(new URL(`../../.medusa/server/${part}/index.js`, import.meta.url))

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: { alias: { "medusa-plugin-foresight/client": built("client"), "medusa-plugin-foresight/react": built("react") }, dedupe: ["react", "react-dom"] },
  esbuild: { jsx: "automatic", jsxDev: false },
  build: {
    ...{ target: "es2022", emptyOutDir: true, chunkSizeWarningLimit: 1000 },
    rollupOptions: {
      // "use client" is for Next.js; in one bundle for the browser it means nothing.
      onwarn: (warning, warn) => void (warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning)),
    },
  },
})
