import { isCrawler } from "../../../../../../src/api/store/foresight/events/is-crawler"

describe("isCrawler()", () => {
  it.each([
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Scrapy/2.11 (+https://scrapy.org)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
    "python-requests/2.31.0",
    "Go-http-client/2.0",
  ])("knows %s", (agent) => expect(isCrawler(agent)).toBe(true))

  it.each([
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21A329 Instagram 300.0.0.0",
    "node",
    "axios/1.7.2",
    "okhttp/4.12.0",
    "MyShop/3.2",
    "ShopApp/7 CFNetwork/1498.700.2 Darwin/23.6.0",
    "",
    undefined,
  ])("lets a shop's visitors, apps and servers be: %s", (agent) => expect(isCrawler(agent)).toBe(false))
})
