/** The state graph ends as a search does, and its protocol is checked as by one. */
import { protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { searchedGraph } from '../../src/cli/searched-graph.ts'
import { stateGraphOf } from '../../src/graph/state-graph.ts'

const plain = (await corpus['two-phase-commit-plain']!.protocol()).instantiate({ rms: 2 }, [])
const asked = { mostNodes: 1000, path: [], properties: [], budget: {} }

it('is whole, and nothing is left undone', async () => {
  const { graph, undone } = await searchedGraph(plain, asked)
  expect([graph.nodes.length, graph.generated, graph.isWhole, undone]).toEqual([56, 154, true, []])
})

it('of a sample that was asked for nothing is undone', async () => {
  const { graph, undone } = await searchedGraph(plain, { ...asked, mostNodes: 10 })
  expect([graph.nodes.length, graph.isWhole, undone]).toEqual([10, false, []])
})

it('is what was found where it is interrupted', async () => {
  const { graph, undone } = await searchedGraph(plain, { ...asked, signal: { aborted: true } })
  expect([graph.nodes.length, graph.edges.length, graph.isWhole, graph.cutShort]).toEqual([1, 0, false, 'interrupted'])
  expect(undone[0]).toMatch(/^the search for states stopped by an interrupt after .*: this is a sample$/)
})

it.each([
  [{ timeoutMs: 0 }, 'after', '(--timeout)'],
  [{ maxMemoryBytes: 1 }, 'at', '(--max-memory)'],
  [{ maxStates: 20 }, 'at 20 distinct states', '(--max-states)'],
])('ends within %j', async (budget, when, option) => {
  const { graph, undone } = await searchedGraph(plain, { ...asked, budget })
  expect(graph.isWhole).toBe(false)
  expect(undone[0]).toContain(`the search for states stopped ${when}`)
  expect(undone[0]).toContain(`${option}: this is a sample`)
})

it('no more initial states are set up than there is time for', () => {
  const wide = protocol({ name: 'wide', shared: { a: z.int().default(0), b: z.int().default(0) } }, () => ({
    start: {
      environment({ shared, choose }) {
        const hundred = Array.from({ length: 100 }, (_, i) => i)
        shared.a = choose('a', hundred)
        shared.b = choose('b', hundred)
      },
    },
    properties: {},
  })).instantiate()
  let looks = 0
  const graph = stateGraphOf(wide, 10, [], () => (++looks > 5 ? 'timeout' : undefined))
  expect([graph.generated, graph.nodes.length, graph.cutShort]).toEqual([6, 6, 'timeout'])
  expect(graph.nodes.every(({ leadsOut }) => leadsOut)).toBe(true)
})

it('a protocol that is not pure is refused', async () => {
  let runs = 0
  const impure = protocol({ name: 'impure', shared: { n: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        inc({ shared }) {
          shared.n = (shared.n + (runs++ % 7 === 3 ? 2 : 1)) % 9
        },
      },
    },
    properties: {},
  })).instantiate()
  await expect(searchedGraph(impure, asked)).rejects.toMatchObject({ code: 'impure' })
})
