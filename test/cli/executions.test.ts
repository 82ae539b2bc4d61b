/** Questions about executions on the command line: an answer, and a replay that does not settle its question. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { DOOR } from './door.ts'
import { runVerify } from './run-verify.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
writeFileSync(join(folder, 'door.ts'), DOOR)

describe('a goal out of reach', () => {
  const trace = 'counterexamples/door-way-out.json'

  it('is found, with the size of its proof', async () => {
    const { code, stdout } = await verify('door.ts', '--property', 'way-out')
    expect(code).toBe(1)
    expect(stdout).toContain(
      'wayOut is violated after 2 steps: there is always a way out\n  at = 1\n' +
        '  the goal is true in none of the 9 states that can be reached from there without a further fault\n',
    )
  })

  it('is unsettled by a replay that may not look at all of them, and settled by one that may', {
    tags: 'slow',
  }, async () => {
    await verify('door.ts', '--property', 'way-out')
    expect(await verify('replay', trace, '--max-states', '8')).toEqual({
      code: 3,
      stdout: [
        `? ${trace}: unsettled with door.ts`,
        '  wayOut (there is always a way out), at step 2 of 2: the first 8 states that can be reached from',
        '  the end are all without the goal, and there are more; the judge saw all 9 when the trace was',
        '  saved, and none had it. To be certain, let the judge look at more of them (--max-states), or check',
        '  the protocol again',
      ].join('\n'),
      stderr: '',
    })
    expect((await verify('replay', trace, '--max-states', '9', '--expect', 'violated')).code).toBe(0)
  })
})
