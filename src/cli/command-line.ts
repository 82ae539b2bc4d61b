/** A commander command as ours are: it prints through the console, and throws instead of ending the process. */
import { Command } from 'commander'
import type { Console } from './console.ts'

export function commandLine(name: string, summary: string, console: Console): Command {
  return new Command(name)
    .description(summary)
    .helpOption('-h, --help', 'show this')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.print(text.trimEnd()),
      writeErr: () => {}, // the error is thrown as well, and said where it is caught
      getOutHelpWidth: () => console.width,
    })
}
