import tseslint from "typescript-eslint"

export default tseslint.config(
  { ignores: ["node_modules/", ".medusa/", ".foresight/", "src/admin/", "demo/store/.medusa/", "demo/store/node_modules/", "**/*.cjs", "**/*.mjs"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ["src/**/*.ts", "workflows/**/*.ts", "activities/**/*.ts", "demo/**/*.ts", "test/**/*.ts"],
    ignores: ["src/client/**", "src/react/**", "demo/storefront/**"],
    languageOptions: { parserOptions: { project: "./tsconfig.lint.json", tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ["admin-extensions/**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { project: "./admin-extensions/tsconfig.json", tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ["src/{client,react}/**/*.{ts,tsx}", "demo/storefront/**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { project: "./demo/storefront/tsconfig.json", tsconfigRootDir: import.meta.dirname } },
  },
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/require-await": "off",
      "no-console": "error",
      eqeqeq: ["error", "smart"],
      "no-empty": ["error", { allowEmptyCatch: false }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/unbound-method": "off", "@typescript-eslint/no-unsafe-member-access": "off", "no-console": "off" },
  },
  {
    files: ["test/**/*.{spec,contract}.ts"],
    rules: { "no-restricted-imports": ["error", { name: "fast-check", message: "import fc from test/support/properties: the same cases in every run" }] },
  }
)
