import { main } from "../../src/cli/main"

/** What a command line printed and how it ended. */
export interface CommandRun {
  code: number
  stdout: string
  stderr: string
}

/** Runs one command line of `foresight` in this process; stdout and stderr are kept, not shown. */
export async function runCommand(...argv: string[]): Promise<CommandRun> {
  const kept = { stdout: "", stderr: "" }
  const keep = (name: keyof typeof kept) =>
    jest.spyOn(process[name], "write").mockImplementation((text: unknown) => {
      kept[name] += String(text)
      return true
    })
  const spies = [keep("stdout"), keep("stderr")]
  try {
    const code = await main(argv)
    return { code, ...kept }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
