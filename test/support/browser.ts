/// <reference lib="dom" />
import { chromium } from "playwright-core"
import type { Browser, Page } from "playwright-core"
import { testStore } from "./store"

const store = testStore()

// In a single process the browser would end with its first page.
const UNWANTED = new Set(["--single-process", "--no-zygote"])

/** A visitor's browser: events of a headless one are kept without counting. */
const VISITOR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"

/** Chromium as `test/run.mjs` found it: an installed one, else the one inside @sparticuz/chromium. */
export async function launchBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH: executablePath, CHROMIUM_ARGS: args = "[]" } = process.env
  if (!executablePath) throw new Error(`CHROMIUM_PATH is not set: run these tests by "npm run test:browser"`)
  const wanted = (JSON.parse(args) as string[]).filter((arg) => !UNWANTED.has(arg))
  return chromium.launch({ executablePath, args: [...wanted, `--user-agent=${VISITOR}`], headless: true })
}

/** A page of the admin, logged in through its own form. */
export async function loggedInPage(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: "en-US", ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${store.url}/app/login`)
  await page.locator('input[name="email"]').fill(store.admin.email)
  await page.locator('input[name="password"]').fill(store.admin.password)
  await page.locator('button[type="submit"]').click()
  await page.waitForURL((url) => !url.pathname.endsWith("/login"))
  return page
}
