/** `verify graph`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'

const folder = newFolder()
const graph = (...args: string[]) => runVerify(folder, ['graph', ...args])
const graphHere = (...args: string[]) => runHere(['graph', ...args])
const TRACE = join(import.meta.dirname, '../../counterexamples/raft-one-of-three.json')

const IMPURE = `import { protocol, z } from 'splitbrain'
let runs = 0
export default protocol({ name: 'impure', shared: { n: z.int().default(0) } }, () => ({
  actions: { environment: { inc({ shared }) { shared.n = (shared.n + (runs++ % 7 === 3 ? 2 : 1)) % 9 } } },
  properties: {},
}))
`

describe('graph', () => {
  it('writes a page, and says what stands out', async () => {
    expect(await graph('two-phase-commit-plain', '--rms', '2', '--out', 'graph.html')).toEqual({
      code: 0,
      stdout: [
        'graph.html is written',
        '56 states, 153 steps, depth 7: all that can be reached',
        'no cycles: no state is reached again once it was left',
        'something can happen in every state, without a fault',
        'Hubs: the most neighbours: initial state (5 neighbours)',
        'Bottlenecks: others are reached only through them: rm1.state prepared, rm2.state prepared,',
        '  tm1.prepared {rm1, rm2}, prep… (the only way to 8 others)',
        'Between: on the most shortest paths (betweenness): rm1.state prepared, rm2.state prepared,',
        '  tm1.prepared {rm1, rm2}, prep… (betweenness 64)',
      ].join('\n'),
      stderr: '',
    })
    expect(readFileSync(join(folder, 'graph.html'), 'utf8')).toMatch(/^<!doctype html>/)
  })

  it('prints what is text', async () => {
    const { code, stdout, stderr } = await graphHere('two-phase-commit-plain', '--rms', '1', '--format', 'dot')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^digraph states \{\n {2}node [\s\S]*\n\}$/)
  })

  it('is a sample, and so not known, where a budget ends it', async () => {
    const { code, stdout, stderr } = await graphHere('raft', '--format', 'json', '--max-states', '50')
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: '! the search for states stopped at 50 distinct states (--max-states): this is a sample',
    })
    expect((JSON.parse(stdout) as { nodes: unknown[] }).nodes).toHaveLength(50)
  })

  it('refuses a protocol that is not pure', { tags: 'slow' }, async () => {
    writeFileSync(join(folder, 'impure.ts'), IMPURE)
    expect(await graph('impure.ts', '--format', 'dot')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'verify: inc is not pure: it did two different things in one state: n became 3, and then 2; a body may depend on ' +
        'the state, its parameters and its choices only',
    })
  })

  it('marks the path of a trace, at its parameters', async () => {
    const { stdout } = await graphHere('raft', '--trace', TRACE, '--max-nodes', '5', '--format', 'json')
    const { nodes } = JSON.parse(stdout) as { nodes: { attributes: { onPath?: number } }[] }
    expect(nodes.map(({ attributes }) => attributes.onPath).filter((number) => number !== undefined)).toEqual([0, 1, 2])
  })

  it.each([
    [['raft'], 'a page needs a file to be written to; give one: --out graph.html'],
    [
      ['raft', '--format', 'dot', '--max-nodes', '1M'],
      '--max-nodes 1000000 is more than a viewer can hold; expected 20000 at most. A smaller graph comes of smaller parameters',
    ],
    [
      ['raft', '--format', 'dot', '--trace', TRACE, '--nodes', '2'],
      '--trace says the parameters and bugs itself; leave out the others',
    ],
    [
      ['raft', '--format', 'dot', '--colour-by', 'leader-append-only'],
      '--colour-by leaderAppendOnly: this property is about steps, and has no answer about a state; choose another',
    ],
    [
      ['raft', '--format', 'svg'],
      "option '--format <format>' argument 'svg' is invalid. Allowed choices are html, dot, gexf, graphml, json.",
    ],
    [['--format', 'dot'], "missing required argument 'protocol'"],
  ])('%j: %s', async (args, said) => {
    expect(await graphHere(...args)).toEqual({ code: 2, stdout: '', stderr: `verify: ${said}` })
  })
})
