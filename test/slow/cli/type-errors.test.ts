/** The usual mistakes in a protocol's text: the first line of what the compiler says names the part that is wrong. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newFolder } from '../../new-folder.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Each on a line of its own in the place that its first word names, and what is to be named. */
const MISTAKES: readonly (readonly [
  place: 'action' | 'receive' | 'handler' | 'role' | 'property' | 'declare',
  line: string,
  named: string,
])[] = [
  ['action', 'me.cuont = 1', 'cuont'],
  ['action', "me.count = 'one'", 'string'],
  ['action', "me.leader = 'n1'", 'Id<"node">'],
  ['action', 'me.votes.add([1, 2])', 'number'],
  ['action', "send(peers, { type: 'Votte', term: 1, by: self })", 'Votte'],
  ['action', "send(peers, { type: 'Vote', term: 1 })", 'by'],
  ['action', "send(peers, { type: 'Vote', term: 1, by: self, note: 1 })", 'note'],
  ['action', "send(peers, { type: 'Vote', term: '1', by: self })", 'string'],
  ['action', 'shared.epohc += 1', 'epohc'],
  ['action', 'ids.nodes', 'nodes'],
  ['action', 'read(peers[0]!).secret', 'secret'],
  ['action', 'read(peers[0]!).count = 1', 'count'],
  ['receive', 'vote.trem', 'trem'],
  ['handler', 'Votte() {},', 'there is no message Votte'],
  ['role', 'nodes: { Vote() {} },', 'there is no role nodes'],
  ['property', 'node.every((n) => n.cuont > 0)', 'cuont'],
  ['declare', "declare({ name: 'a', roles: { node: { volatile: { x: z.int().default(0) }, readable: ['y'] } } })", 'y'],
  ['declare', "declare({ name: 'a', roles: { node: {} }, faults: { crash: 'nodes' } })", 'nodes'],
]

const linesOf = (place: string, indent: string) =>
  MISTAKES.flatMap((mistake) => (mistake[0] === place ? [`${indent}${mistake[1]}`] : []))

const text = [
  "import { always, declare, id, protocol, z } from 'splitbrain'",
  "const ballot = declare({ name: 'ballot', messages: { Vote: { term: z.int(), by: id('node') } },",
  '  shared: { epoch: z.int().default(0) }, roles: { node: { volatile: {',
  "    count: z.int().default(0), secret: z.int().default(0), leader: id('node').nullable().default(null),",
  "    votes: z.set(z.tuple([z.int(), id('node')])).default(new Set()) }, readable: ['count'] } } })",
  'export default protocol(ballot, () => ({ population: { node: 2 },',
  '  actions: { node: { go(me, { self, peers, ids, shared, send, read }) {',
  ...linesOf('action', '    '),
  '  } } },',
  '  receive: { node: { Vote(_me, vote) {',
  ...linesOf('receive', '    '),
  '  },',
  ...linesOf('handler', '    '),
  '  },',
  ...linesOf('role', '    '),
  '  },',
  "  properties: { p: always('p', ({ node }) =>",
  ...linesOf('property', '    '),
  '  ) },',
  '}))',
  ...linesOf('declare', ''),
]

/** What the compiler says first of each line, by the line. */
async function firstWords(): Promise<ReadonlyMap<string, string>> {
  const folder = newFolder()
  writeFileSync(join(folder, 'ballot.mts'), text.join('\n'))
  const compilerOptions = { paths: { splitbrain: [join(root, 'src/index.ts')] }, types: [] }
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['ballot.mts'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const told = await new Promise<string>((resolve) => {
    execFile(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], (_, stdout) => resolve(stdout))
  })
  const errors = [...told.matchAll(/^\S*ballot\.mts\((\d+),\d+\): error TS\d+: (.*)$/gm)]
  const byLine = new Map<string, string>()
  for (const [, line, message] of errors) {
    const at = text[Number(line) - 1]!.trim()
    if (!byLine.has(at)) byLine.set(at, message!)
  }
  return byLine
}

it('the first line of what the compiler says names what is wrong', async () => {
  const words = await firstWords()
  const unnamed = MISTAKES.filter(([, line, named]) => !words.get(line)?.includes(named))
  expect(unnamed.map(([, line]) => [line, words.get(line)])).toEqual([])
  expect([...words].filter(([line]) => !MISTAKES.some((mistake) => mistake[1] === line))).toEqual([]) // nothing else
})
