/** What goes wrong in one of several threads that search. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, runVerify } from '../cli/run-verify.ts'

/** A space of millions of states, in which threads that take part do what they should not. */
const text = (doing: string) => `import { workerData } from 'node:worker_threads'
import { always, protocol, z } from 'splitbrain'
const takesPart = /take-part/.test(workerData.program)
const digit = z.int().default(0)
export default protocol({ name: 'digits', shared: { a: digit, b: digit, c: digit } }, () => ({
  actions: {
    environment: {
      inc({ shared, choose }) {
        if (takesPart) { ${doing} }
        const name = choose('digit', ['a', 'b', 'c'] as const)
        shared[name] = (shared[name] + 1) % 250
      },
    },
  },
  properties: { small: always('a is small', ({ shared }) => shared.a < 250) },
}))
`

function run(doing: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = newFolder()
  writeFileSync(join(folder, 'digits.ts'), text(doing))
  return runVerify(folder, ['digits.ts', '--workers', '2', '--quiet', ...args], { env })
}

describe('a thread that takes part in a search', () => {
  it('and runs out of memory leaves the verdict unknown', async () => {
    const leak = 'for (const all: unknown[] = []; ; ) all.push(new Array(1000).fill(1))'
    const { code, stdout, stderr } = await run(leak, [], { NODE_OPTIONS: '--max-old-space-size=200' })
    expect(code).toBe(3)
    expect(stdout + stderr).toMatch(
      /Unknown: (the memory that Node gives to the values of a worker thread ran out|.* of memory without coming).*[1-9][\d,]+ distinct states were known/s,
    )
  })

  it('and does not return is named, and ended by --timeout', async () => {
    const { code, stdout, stderr } = await run('for (;;) {}', ['--timeout', '30s'])
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: '! a run of inc has not come to an end for TIME; Ctrl-C asks the command to end, a second one ends it',
    })
    expect(stdout).toMatch(
      /^Unknown: the time was up \(--timeout\) within a run of inc\. [\d,]+ distinct states were known/,
    )
  })
})
