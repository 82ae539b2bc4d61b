/** Runs a command line in this process, without a shell: quick, for whatever does not depend on one. */
import type { Console } from '../../src/cli/console.ts'
import type { ExitCode } from '../../src/cli/exit-code.ts'
import { run } from '../../src/cli/main.ts'
import { paintIf } from '../../src/report/paint.ts'

export interface RanHere {
  readonly code: ExitCode
  readonly stdout: string
  readonly stderr: string
}

export async function runHere(args: readonly string[], width = 100): Promise<RanHere> {
  const printed = { stdout: '', stderr: '' }
  const console: Console = {
    print: (text) => {
      printed.stdout += text
    },
    complain: (text) => {
      printed.stderr += text
    },
    width,
    colour: false,
    paint: paintIf(false),
  }
  return { code: await run(args, console), ...printed }
}
