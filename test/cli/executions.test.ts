/** Questions about executions on the command line: what is refused, and a replay that does not settle its question. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runVerify } from './run-verify.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

/** A door that may fall shut; whoever walks on behind it never comes out again. */
const DOOR = `import { canAlways, disabled, eventually, protocol, z } from 'splitbrain'
export default protocol(
  { name: 'door', shared: { isShut: z.boolean().default(false), at: z.int().default(0) } },
  () => ({
    actions: {
      environment: {
        walk({ shared }) {
          if (shared.at === 9) return disabled
          shared.at += 1
        },
        back({ shared }) {
          if (shared.isShut && shared.at === 1) return disabled
          if (shared.at === 0) return disabled
          shared.at -= 1
        },
        shut({ shared }) {
          if (shared.isShut) return disabled
          shared.isShut = true
        },
      },
    },
    properties: {
      wayOut: canAlways('there is always a way out', ({ shared }) => shared.at === 0),
      walksFar: eventually('the end is reached', ({ shared }) => shared.at === 9, { weak: ['environment.walk'] }),
    },
  }),
)
`
write('door.ts', DOOR)

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

  it('is unsettled by a replay that may not look at all of them, and settled by one that may', async () => {
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

describe('what is refused before the search', () => {
  it('a search in depth of what needs the graph', async () => {
    const { code, stderr } = await verify('door.ts', '--dfs')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'verify: the property wayOut is about whole executions (canAlways), and a depth-first search keeps no graph; ' +
        'search breadth first on one thread (without --dfs), or ask for other properties by name',
    })
  })

  it.each([
    ['environment.wlk', '; did you mean environment.walk? Expected '],
    ['shutters', '; expected '],
  ])('fairness of %s', async (name, hint) => {
    write('slip.ts', DOOR.replace("weak: ['environment.walk']", `weak: ['${name}']`))
    const { code, stdout, stderr } = await verify('slip.ts')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      `verify: slip.ts: the fairness of properties.walksFar names ${name}, which no step of this protocol is called${hint}` +
        'environment.walk, environment.back, environment.shut, messages, processes, actions, recoveries',
    )
  })

  it.each([
    ["week: ['messages']", 'has week; did you mean weak? Expected weak, strong'],
    ["weak: 'messages'", `has weak: "messages"; expected a list of names: ['messages']`],
  ])('fairness that is { %s }', async (fairness, message) => {
    write('slip.ts', DOOR.replace("weak: ['environment.walk']", fairness))
    expect(await verify('slip.ts')).toEqual({
      code: 2,
      stdout: '',
      stderr: `verify: slip.ts: the fairness of properties.walksFar ${message}`,
    })
  })
})
