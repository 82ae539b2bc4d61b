/** Traces of anybody are looked at without their protocol: states and differences, and that nobody has checked them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { walk } from '../../src/judge/walk.ts'
import { toldState } from '../../src/trace/told-state.ts'
import { readTrace, traceText } from '../../src/trace/trace-file.ts'
import { modelOfTrace } from '../../src/trace/view.ts'
import { committedTraces, tracesOfEach } from '../corpus/committed-traces.ts'
import { runHere } from './run-here.ts'
import { newFolder, runVerify } from './run-verify.ts'

const FOREIGN = 'test/trace/foreign.itf.json'
const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true }))

describe('a file of Quint', () => {
  it('is told as states and differences', async () => {
    const { code, stdout } = await runHere(['inspect', FOREIGN])
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'As the file tells it, without its protocol (it names none: Created by Quint); nothing of it is',
        '  checked.',
        '',
        'bank.qnt',
        '  0  initial state',
        '     bank::balances {alice 0, bob 10}, bank::pending {}, bank::last None',
        '',
        '  1  withdraw (amount 13)',
        '     ≡ bank::balances.bob 10 → -3',
        '     ≡ bank::pending {} → {[bob, "123456789012345678901"], {true}}',
        '     ≡ bank::last.type None → Some',
        '     ≡ bank::last.value = bob (new)',
      ],
    ])
  })

  it('shows the whole state after a step', async () => {
    const { stdout } = await runHere(['inspect', FOREIGN, '--step', '1'])
    expect(stdout.split('\n').slice(-3)).toEqual([
      '● bank::balances  alice 0, bob -3',
      '● bank::pending   [bob, "123456789012345678901"], {true}',
      '● bank::last      Some{value bob}',
    ])
  })

  it('is replayed by nobody, and drawn as no page', async () => {
    expect((await runHere(['replay', FOREIGN])).code).toBe(2)
    const { code, stderr } = await runHere(['inspect', FOREIGN, '--html', join(folder, 'x.html')])
    expect([code, stderr]).toEqual([
      2,
      `verify: --html needs the protocol that ${FOREIGN} is about (it names none: Created by Quint); name it with --protocol FILE, or look at the file as text`,
    ])
  })

  it('says where it is none', async () => {
    const file = join(folder, 'bad.itf.json')
    writeFileSync(file, '{"vars": [], "states": [{"x": {"#bigint": "1"}}, 7]}')
    expect((await runHere(['inspect', file])).stderr).toMatch(
      /^verify: .*bad\.itf\.json: states\.1: Invalid input: expected record/,
    )
  })
})

it('a trace whose protocol is not there is told as it tells itself', async () => {
  const file = join(folder, 'gone.json')
  writeFileSync(file, traceText({ ...readTrace('counterexamples/raft-forget-vote.json'), protocol: 'gone' }))
  const { code, stdout } = await runHere(['inspect', file])
  const lines = stdout.split('\n')
  expect([code, ...lines.slice(0, 5)]).toEqual([
    0,
    'As the file tells it, without its protocol (there is no protocol or command gone); nothing of it is',
    '  checked.',
    'The file says: electionSafety (at most one server ever leads a term) is violated after 7 steps: n1',
    '  and n2 have both led term 1',
    '',
  ])
  const known = (await runHere(['inspect', 'counterexamples/raft-forget-vote.json'])).stdout.split('\n')
  const steps = (all: readonly string[]) => all.slice(all.findIndex((line) => line.startsWith('  1  ')))
  expect(steps(lines).filter((line) => !/left:/.test(line))).toEqual(
    expect.arrayContaining(
      steps(known)
        .slice(0, 20)
        .filter((line) => !/left:/.test(line)),
    ),
  )
})

/** Of each protocol one. */
const some = new Set(tracesOfEach())

const title = '%s tells the states that the judge walks through'
it.each([...some])(title, tellsWhatWasWalked)
it.each(committedTraces().filter((file) => !some.has(file)))(title, { tags: 'slow' }, tellsWhatWasWalked)

async function tellsWhatWasWalked(file: string): Promise<void> {
  const trace = readTrace(`counterexamples/${file}`)
  const model = (await corpus[trace.protocol]!.protocol()).instantiate(trace.parameters, trace.bugs)
  const { states } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  const seen = modelOfTrace(trace)
  const last = toldState(seen, trace, trace.steps.length)
  const told = Object.fromEntries(seen.components.map(({ name }, i) => [name, last[i]]))
  for (const [i, { name, kind }] of model.components.entries()) {
    if (kind === 'history') continue // kept in a normal form
    const walked = states.at(-1)![i]!
    if (kind === 'channel') expect((told[name] ?? []) as unknown[]).toHaveLength((walked as unknown[]).length)
    else expect([name, told[name]]).toEqual([name, walked])
  }
}

it('a trace written elsewhere names its protocol from there', { tags: 'slow' }, async () => {
  const saved = join(folder, 'own.json')
  writeFileSync(saved, traceText({ ...readTrace('counterexamples/raft-forget-vote.json'), spec: 'x.ts' }))
  const out = 'test/cli/written.itf.json'
  try {
    const spec = 'specs/raft/raft.ts'
    const { code } = await runVerify('.', ['inspect', saved, '--protocol', spec, '--format', 'itf', '--out', out])
    expect([code, JSON.parse(readFileSync(out, 'utf8'))['#meta'].splitbrain.spec]).toEqual([0, `../../${spec}`])
    expect((await runVerify('.', ['replay', out, '--expect', 'violated'])).stdout.split('\n')[0]).toBe(
      `✓ ${out}: reproduced with ${spec}`,
    )
  } finally {
    rmSync(out, { force: true })
  }
})
