/// <reference lib="dom" />
import { chromium } from "playwright-core"
import type { Browser, Page } from "playwright-core"
import { testStore } from "./store"

const store = testStore()

// In a single process the browser would end with its first page.
const UNWANTED = new Set(["--single-process", "--no-zygote"])

/** A visitor's browser: events of a headless one are kept without counting. */
const VISITOR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"

/** Longest wait for anything a page shows: a busy machine takes ten times as long, and pauses. */
export const PATIENCE_MS = 120_000

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
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`${store.url}/app/login`)
  await page.locator('input[name="email"]').fill(store.admin.email)
  await page.locator('input[name="password"]').fill(store.admin.password)
  await page.locator('button[type="submit"]').click()
  await page.waitForURL((url) => !url.pathname.endsWith("/login"))
  return page
}

/** What the browser tests of the admin share: one logged-in page a file, and what its scripts threw. */
export interface AdminBrowser {
  browser: Browser
  page: Page
  /** Errors that no script caught, of `page` and of phones. */
  problems: string[]
  /** One more logged-in page, as small as a phone's and in the dark, for `work`. */
  onPhone(work: (phone: Page) => Promise<void>): Promise<void>
}

/** Opens Chromium and logs in before a file's tests, and closes it after them. */
export function useAdminBrowser(): AdminBrowser {
  const problems: string[] = []
  const admin: Pick<AdminBrowser, "problems" | "onPhone"> & Partial<AdminBrowser> = {
    problems,
    async onPhone(work) {
      const phone = await loggedInPage(admin.browser as Browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" })
      phone.on("pageerror", (error) => problems.push(error.message))
      await work(phone)
      await phone.context().close()
    },
  }
  beforeAll(async () => {
    admin.browser = await launchBrowser()
    admin.page = await loggedInPage(admin.browser)
    admin.page.on("pageerror", (error) => problems.push(error.message))
  })
  afterAll(() => admin.browser?.close())
  return admin as AdminBrowser
}

/** Waits until nothing of a page is wider than its window. */
export const untilItFits = (page: Page) => page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth + 1)
