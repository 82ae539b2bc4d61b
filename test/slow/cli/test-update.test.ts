/** `verify test --update`, as a person calls it: what is written, what is not, and that either is said. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../../src/own-code.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

const SCENARIOS = `export const scenarios = [
  { name: 'default', expect: { verdict: 'holds' } },
  { name: 'a-proof', bugs: ['forgetHolder'], expect: { verdict: 'holds', distinct: 40 } },
]
`
const FIGURES = SCENARIOS.replace("'holds' }", "'holds', distinct: 40, generated: 93, depth: 7 }")
const VERDICTS = FIGURES.replace(
  "{ verdict: 'holds', distinct: 40 }",
  "{ verdict: 'violated', property: 'mutualExclusion', steps: 7 }",
)
const CHANGE =
  'was expected to say "every property holds: 40 distinct", and says "mutualExclusion is violated after 7 steps"'

it('writes figures; another verdict is told, and written where that is asked for', async () => {
  const folder = newFolder()
  const file = join(folder, 'lock.scenarios.ts')
  copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), join(folder, 'lock.ts'))
  writeFileSync(file, SCENARIOS)
  const update = async (...args: string[]) => {
    const { code, stdout, stderr } = await runVerify(folder, ['test', ...args])
    const told = stdout.slice(stdout.lastIndexOf('TIME') + 4)
    return { code, told: oneLine(told), stderr: oneLine(stderr), text: readFileSync(file, 'utf8') }
  }
  expect(await update('--update')).toEqual({
    code: 1,
    told: expect.stringMatching(/lock\.scenarios\.ts: 1 expectation written anew: default$/),
    stderr: `! lock.scenarios.ts: a-proof stays as it is, and ${CHANGE}; another verdict is written where --update-verdicts asks for it`,
    text: FIGURES,
  })
  expect(await update('--update-verdicts')).toEqual({
    code: 0,
    told: expect.stringContaining(`lock.scenarios.ts: a-proof ${CHANGE}`),
    stderr: '',
    text: VERDICTS,
  })
  expect(await update('--update')).toEqual({
    code: 0,
    told: expect.stringMatching(/Nothing to write: every figure is told, and is what was found\.$/),
    stderr: '',
    text: VERDICTS,
  })
})

const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ')
