import { createIdentity } from "../../../src/client/identity"
import { openFakeBrowser } from "../../support/fake-browser"
import type { FakeBrowser } from "../../support/fake-browser"

const MINUTE = 60_000

describe("createIdentity()", () => {
  let browser: FakeBrowser
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") })
    browser = openFakeBrowser()
  })
  afterEach(() => {
    browser.close()
    jest.useRealTimers()
  })

  it("stores nothing before it is asked", () => {
    createIdentity()
    expect([...browser.local.values, ...browser.session.values]).toEqual([])
  })

  it("keeps the visitor over pages, and the session while no half hour is idle", () => {
    const first = createIdentity().current()
    jest.advanceTimersByTime(29 * MINUTE)
    expect(createIdentity().current()).toEqual(first)
    jest.advanceTimersByTime(29 * MINUTE) // 58 since the start, 29 since the last
    expect(createIdentity().current()).toEqual(first)
    jest.advanceTimersByTime(30 * MINUTE)
    const later = createIdentity().current()
    expect(later.visitor_id).toBe(first.visitor_id)
    expect(later.session_id).not.toBe(first.session_id)
  })

  it("lives as long as the page where storage is forbidden", () => {
    browser.local.forbid()
    browser.session.forbid()
    const identity = createIdentity()
    expect(identity.current()).toEqual(identity.current())
    expect(createIdentity().current()).not.toEqual(identity.current())
  })

  it("begins anew with something unreadable in the session's place", () => {
    browser.session.setItem("foresight.session", "{}|yesterday")
    expect(createIdentity().current().session_id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it("forgets both", () => {
    const identity = createIdentity()
    const first = identity.current()
    identity.forget()
    expect([...browser.local.values, ...browser.session.values]).toEqual([])
    const second = identity.current()
    expect([second.visitor_id, second.session_id]).not.toEqual([first.visitor_id, first.session_id])
    expect(second.visitor_id).not.toBe(first.visitor_id)
  })
})
