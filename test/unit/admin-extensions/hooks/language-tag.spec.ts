import { languageTag } from "../../../../admin-extensions/hooks/language-tag"

describe("languageTag()", () => {
  it.each([
    ["de", "de"],
    ["enGB", "en-GB"],
    ["zhCN", "zh-CN"],
    ["ptBR", "pt-BR"],
    ["pt-BR", "pt-BR"],
  ])("reads the dashboard's code %s as %s", (code, tag) => expect(languageTag(code)).toBe(tag))
  it.each(["", "not a code"])("falls back to English for %p", (code) => expect(languageTag(code)).toBe("en"))
})
