import { execFileSync } from "node:child_process"
import { pathToFileURL } from "node:url"

/** What a function of an ES module answers, asked in a process of its own: Jest cannot load such modules itself. Arguments and answer are plain JSON. */
export function callModule<Answer>(file: string, name: string, ...args: unknown[]): Answer {
  const script = `import { ${name} } from ${JSON.stringify(pathToFileURL(file).href)}; process.stdout.write(JSON.stringify(await ${name}(...${JSON.stringify(args)})))`
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" })) as Answer
}
