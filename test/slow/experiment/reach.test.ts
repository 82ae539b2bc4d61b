/** `verify reach` as a person calls it: in a process of its own, for the text that is asked is loaded in place of the file's. */
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { runHere } from '../../cli/run-here.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

const folder = newFolder()

beforeAll(async () => {
  await runHere(['init', join(folder, 'lock.ts')])
})

const asked = (...args: string[]) => runVerify(folder, ['reach', './lock.ts', ...args])

it('tells the shortest way there', async () => {
  const { code, stdout } = await asked("client.some((c) => c.lock === 'held')", '--json')
  const { verdict, steps, isWhole } = JSON.parse(stdout)
  expect({ code, verdict, steps: steps.length, isWhole }).toEqual({
    code: 0,
    verdict: 'reached',
    steps: 3,
    isWhole: false,
  })
})

it('counts, and says where there is none', async () => {
  const counted = await asked('server[0]!.holder !== null', '--json', '--count')
  expect(JSON.parse(counted.stdout)).toMatchObject({ verdict: 'reached', distinct: 40, isWhole: true, counted: 32 })
  const none = await asked("client.every((c) => c.lock === 'held')", '--count')
  expect(none.code).toBe(1)
  expect(none.stdout).toContain('✗ Not reached: in none of the 40 states that can be is it true:')
})

it('knows what the text of the protocol knows', async () => {
  const { code } = await asked('clients === 3 && client.length === clients', '--clients', '3')
  expect(code).toBe(0)
})

it('is unknown where a budget ends the search', async () => {
  const { code, stdout } = await asked('client.length === 0', '--max-states', '10')
  expect(code).toBe(3)
  expect(stdout).toContain('Unknown: the search stopped')
})

it('starts in a state of a trace', async () => {
  await runVerify(folder, ['./lock.ts', '--bug', 'forget-holder'])
  const trace = 'counterexamples/lock-forget-holder-mutual-exclusion.json'
  const { code, stdout } = await asked("client.every((c) => c.lock === 'none')", '--from', trace)
  expect(code).toBe(0)
  expect(stdout).toContain(`Reached after 2 steps, from step 7 of ${trace}; no`)
  const beyond = await asked('true', '--from', `${trace}:8`)
  expect(beyond.stderr).toBe(`verify: ${trace} has 7 steps; there is no step 8`)
  const twice = await asked('true', '--from', trace, '--clients', '3')
  expect(twice.stderr).toBe('verify: --from says the parameters and bugs itself; leave out the others')
})

it('refuses a field that is not there, by the compiler where there is one', async () => {
  const { code, stderr } = await asked('server[0]!.holdr !== null')
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'verify: property reached: server1 has no field holdr; did you mean holder? Its fields are id, health, holder',
  })
  const typed = await runVerify('.', ['reach', 'outbox', 'shop.some((s) => s.nonsense === 1)'])
  expect(typed.code).toBe(2)
  expect(typed.stderr).toContain("Property 'nonsense' does not exist on type")
})
