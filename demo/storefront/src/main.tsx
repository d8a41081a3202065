import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { ForesightProvider } from "medusa-plugin-foresight/react"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { BrowserRouter } from "react-router-dom"
import { App } from "./app"
import { Failure } from "./components/notices"
import { ShopContext, openShop } from "./shop"
import type { ShopConfig } from "./shop"
import "./styles.css"
import { watchTraffic } from "./traffic"

async function readConfig(): Promise<ShopConfig> {
  const answer = await fetch("/config.json")
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`)
  return (await answer.json()) as ShopConfig
}

async function start(root: ReturnType<typeof createRoot>): Promise<void> {
  watchTraffic()
  try {
    const shop = openShop(await readConfig())
    root.render(
      <StrictMode>
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } })}>
          <ShopContext.Provider value={shop}>
            <ForesightProvider foresight={shop.foresight}>
              <BrowserRouter>
                <App />
              </BrowserRouter>
            </ForesightProvider>
          </ShopContext.Provider>
        </QueryClientProvider>
      </StrictMode>
    )
  } catch (error) {
    root.render(<Failure what="The shop could not be opened" error={error} />)
  }
}

const element = document.getElementById("root")
if (element) void start(createRoot(element))
