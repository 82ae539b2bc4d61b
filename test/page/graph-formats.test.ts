/** The files for other programs, read back by parsers that know nothing of splitbrain. */
import { spawnSync } from 'node:child_process'
import { DirectedGraph, MultiDirectedGraph } from 'graphology'
import gexf from 'graphology-gexf'
import graphml from 'graphology-graphml'
import { expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { findingsOf } from '../../src/graph/findings.ts'
import { fileText } from '../../src/graph/formats.ts'
import { portraitOf } from '../../src/graph/portrait.ts'
import { stateGraphOf } from '../../src/graph/state-graph.ts'

const model = (await corpus.raft!.protocol()).instantiate({ nodes: 2, elections: 1 }, [])
const graph = stateGraphOf(model, 60)
const path = graph.nodes.slice(0, 2).map(({ state }) => state)
const portrait = portraitOf(model, graph, findingsOf(graph), {
  colouring: { by: 'property', property: 'aLeader' },
  path,
})

const ends = (read: { mapEdges(told: (e: string, a: object, from: string, to: string) => string): string[] }) =>
  read.mapEdges((_, __, from, to) => `${from.replace('n', '')} ${to.replace('n', '')}`)

it('GEXF', () => {
  const read = gexf.parse(MultiDirectedGraph, fileText(portrait, 'gexf'))
  expect(ends(read)).toEqual(ends(portrait))
  for (const { node, attributes } of portrait.nodeEntries()) {
    const { label, depth, initial, holds, color } = attributes
    expect(read.getNodeAttributes(node)).toMatchObject({ label, depth, initial, holds })
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    expect(read.getNodeAttribute(node, 'color')).toBe(`rgb(${red},${green},${blue})`)
  }
  expect(read.getNodeAttribute('1', 'onPath')).toBe(1)
})

it('GraphML', () => {
  const read = graphml.parse(MultiDirectedGraph, fileText(portrait, 'graphml'))
  expect(ends(read)).toEqual(ends(portrait))
  for (const { node, attributes } of portrait.nodeEntries()) {
    const { label, depth, end, component } = attributes
    expect(read.getNodeAttributes(`n${node}`)).toMatchObject({ label, depth, end, component })
  }
})

it('JSON, of graphology', () => {
  const read = MultiDirectedGraph.from(JSON.parse(fileText(portrait, 'json')))
  expect(ends(read)).toEqual(ends(portrait))
  expect(read.getNodeAttributes('0')).toEqual(portrait.getNodeAttributes('0'))
  expect(() => DirectedGraph.from(JSON.parse(fileText(portrait, 'json')))).toThrow() // two steps may lead the same way
})

const hasGraphviz = spawnSync('dot', ['-V']).status === 0

it('DOT', () => {
  const text = fileText(portrait, 'dot')
  expect(text.match(/^ {2}\d+ \[label="/gm)).toHaveLength(portrait.order)
  expect(text.match(/^ {2}\d+ -> \d+ \[label="/gm)).toHaveLength(portrait.size)
  if (!hasGraphviz) return
  const { status, stderr, stdout } = spawnSync('dot', ['-Tplain'], { input: text, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout.match(/^node /gm)).toHaveLength(portrait.order)
})
