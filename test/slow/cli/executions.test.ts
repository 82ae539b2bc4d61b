/** Questions about executions that are refused on the command line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DOOR } from '../../cli/door.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
write('door.ts', DOOR)

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
        'environment.walk, environment.back, environment.shut, environment, messages, processes, actions, recoveries',
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
