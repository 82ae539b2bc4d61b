/** Logs of several nodes: what is told where they do not conform, and the order that times give them. */
import { describe, expect, it } from 'vitest'
import lockServerMap from '../../examples/lock-server/map.ts'
import lockServer from '../../examples/lock-server/protocol.ts'
import { simulate } from '../../examples/lock-server/simulate.ts'
import { type ConformOptions, conform } from '../../src/conform/conform.ts'
import type { AnyLogMap } from '../../src/conform/log-map.ts'
import type { Log } from '../../src/conform/read-log.ts'
import type { Model } from '../../src/model.ts'
import { conformReport } from '../../src/report/conform-report.ts'
import { paintIf } from '../../src/report/paint.ts'
import mailbox, { mailboxMap } from './mailbox.ts'

type LineOf = Readonly<Record<string, unknown>>

const logOf = (name: string, lines: readonly LineOf[]): Log => ({
  name,
  lines: lines.map((line) => JSON.stringify(line)),
})

/** What is told below the census. */
async function told(model: Model, map: AnyLogMap, logs: readonly Log[], options: ConformOptions = {}): Promise<string> {
  const found = await conform(model, map, logs, options)
  const report = conformReport(model, found, { width: 100, paint: paintIf(false), parameters: [], logs: ['logs'] })
  return report.split('\n').slice(3).join('\n')
}

const model = mailbox.instantiate({})
const repeating = mailbox.instantiate({ duplicates: 1 })
const post = (n?: number): LineOf => ({ at: 's', do: 'post', n })
const got = (n: number): LineOf => ({ at: 'r', do: 'got', n })

describe('a fault in the log of one node', () => {
  it('is told at its line, beside what waits for it', async () => {
    const logs = [logOf('s.log', [post(1), post(3), post(3)]), logOf('r.log', [got(1), got(2)])]
    expect(await told(model, mailboxMap(), logs)).toBe(
      [
        '✗ does not conform: no behaviour of mailbox explains more than 2 events.',
        '',
        'Explained: s.log up to line 1, r.log up to line 1.',
        'After them the protocol is in this state:',
        '  s1  {note none, sent 1}',
        '  r1  {last 1}',
        '  losses  1',
        '',
        '  s.log:2  {"at":"s","do":"post","n":3}',
        '    s1.post: s1.sent is 2, the log shows 3',
        '',
        '  r.log:2  {"at":"r","do":"got","n":2}',
        '    r1 receives Item: no such message is on its way; s1→r1 holds nothing',
      ].join('\n'),
    )
  })

  it('is told alone where the others go on without it', async () => {
    const logs = [logOf('s.log', [post(), post()]), logOf('r.log', [got(1), got(1), got(2)])]
    expect(await told(model, mailboxMap(), logs)).toBe(
      [
        '✗ does not conform: no behaviour of mailbox explains more than 3 events.',
        '',
        'Explained: all of s.log, r.log up to line 1.',
        'After them the protocol is in this state:',
        '  s1  {note none, sent 2}',
        '  r1  {last 1}',
        '  s1→r1  [Item{n 2}]',
        '  losses  1',
        '',
        '  r.log:2  {"at":"r","do":"got","n":1}',
        '    r1 receives Item: no such message is on its way; s1→r1 holds Item{n 2}',
      ].join('\n'),
    )
  })

  it('is told for each way of reading so much', async () => {
    const logs = [logOf('s.log', [post(1), post(3)]), logOf('r.log', [{ at: 'r', do: 'post', n: 1 }])]
    expect(await told(model, mailboxMap(), logs)).toBe(
      [
        '✗ does not conform: no behaviour of mailbox explains more than 1 event.',
        '',
        'After it the protocol is in one of 2 states:',
        '1. explained: nothing of s.log, all of r.log',
        '  s1  {note none, sent 1}',
        '  r1  {last 0}',
        '  s1→r1  [Item{n 1}]',
        '  losses  1',
        '',
        '  s.log:1  {"at":"s","do":"post","n":1}',
        '    s1.post: s1.sent is 2, the log shows 1',
        '2. explained: s.log up to line 1, nothing of r.log',
        '',
        '  s.log:2  {"at":"s","do":"post","n":3}',
        '    s1.post: s1.sent is 2, the log shows 3',
        '',
        '  r.log:1  {"at":"r","do":"post","n":1}',
        '    s1.post: s1.sent is 2, the log shows 1',
      ].join('\n'),
    )
  })

  it('is told of nodes in one file', async () => {
    const lines = [post(1), got(2), post(2), got(1), post(4)]
    expect(await told(model, mailboxMap({ byNode: true }), [logOf('log', lines)])).toBe(
      [
        '✗ does not conform: no behaviour of mailbox explains more than 4 events.',
        '',
        'Explained: s up to log:3, all of r.',
        'After them the protocol is in this state:',
        '  s1  {note none, sent 2}',
        '  r1  {last 1}',
        '  losses  1',
        '',
        '  log:5  {"at":"s","do":"post","n":4}',
        '    s1.post: s1.sent is 3, the log shows 4',
      ].join('\n'),
    )
  })

  it('of a real protocol comes first, for it comes nearest', async () => {
    const lines = simulate({ seed: 3, clients: 2, length: 60 }).map((line) => JSON.parse(line) as LineOf)
    const logs = ['server', 'c0', 'c1'].map((node) => ({ node, lines: lines.filter((line) => line.node === node) }))
    const held = (of: typeof logs) =>
      told(
        lockServer.instantiate(lockServerMap.parameters),
        lockServerMap,
        of.map(({ node, lines }) => logOf(`${node}.log`, lines)),
      )
    expect(await held(logs)).toBe('✓ conforms: a behaviour of lock-server explains 60 events.')
    const faulty = logs.map(({ node, lines }) => ({
      node,
      lines: lines.map((line, i) => (node === 'c0' && i === 7 ? { ...line, n: 99 } : line)),
    }))
    const [, cut, ...next] = (await held(faulty)).split('\n\n')
    expect(cut!.split('\n')[0]).toBe('Explained: server.log up to line 9, c0.log up to line 7, c1.log up to line 17.')
    expect(next.map((text) => text.split('\n').map((line) => line.trim()))).toEqual([
      [
        'c0.log:8  {"node":"c0","event":"retry","at":"releasing","n":99,"token":0}',
        'client1.retry: client1.n is 1, the log shows 99',
      ],
      [
        'server.log:10',
        '{"node":"server","event":"release","client":"c0","n":1,"holder":"c1","token":2,"waiting":0}',
        'server1 receives Release from client1: no such message is on its way; client1→server1 holds',
        'nothing',
      ],
      [
        'c1.log:18  {"node":"c1","event":"released","answers":1,"at":"idle","n":1,"token":0}',
        'client2 receives Released: no such message is on its way; server1→client2 holds nothing (and 2',
        'more of the kind)',
      ],
    ])
  })
})

describe('times', () => {
  const at = (line: LineOf, from: number, to: number) => ({ ...line, from, to })
  const timed = mailboxMap({ timed: true })

  it('hold a line back, which then was not tried', async () => {
    const logs = [logOf('s.log', [at(post(2), 1, 2)]), logOf('r.log', [at({ at: 'r', do: 'last', n: 0 }, 5, 6)])]
    expect(await told(model, timed, logs)).toBe(
      [
        '✗ does not conform: no behaviour of mailbox explains any event.',
        '',
        'Explained: nothing of s.log, nothing of r.log.',
        'Before any the protocol is in this state:',
        '  s1  {note none, sent 0}',
        '  r1  {last 0}',
        '  losses  1',
        '',
        '  s.log:1  {"at":"s","do":"post","n":2,"from":1,"to":2}',
        '    s1.post: s1.sent is 1, the log shows 2',
        '',
        '  r.log:1  {"at":"r","do":"last","n":0,"from":5,"to":6}',
        '    not tried: by their times it comes after s.log:1',
      ].join('\n'),
    )
  })

  it('hold it back for a line further on', async () => {
    const still = { at: 'a', do: 'last', n: 0 }
    const logs = [logOf('a.log', [at(still, 0, 100), at(post(2), 0, 5)]), logOf('b.log', [at(post(1), 6, 7)])]
    expect(await told(model, timed, logs)).toBe(
      [
        '✗ does not conform: no behaviour of mailbox explains more than 1 event.',
        '',
        'Explained: a.log up to line 1, nothing of b.log.',
        'After it the protocol is in this state:',
        '  s1  {note none, sent 0}',
        '  r1  {last 0}',
        '  losses  1',
        '',
        '  a.log:2  {"at":"s","do":"post","n":2,"from":0,"to":5}',
        '    s1.post: s1.sent is 1, the log shows 2',
        '',
        '  b.log:1  {"at":"s","do":"post","n":1,"from":6,"to":7}',
        '    not tried: by their times it comes after a.log:2',
      ].join('\n'),
    )
  })
})

it('a state that is reached with a property broken and without is told once', async () => {
  const map = mailboxMap({ silent: ['receiver.Item', 'duplicate'] })
  const found = await conform(repeating, map, [logOf('log', [post(1), post(2), post(9)])])
  if (found.verdict === 'conforms') throw new Error(found.verdict)
  const told = found.standing.map(({ state }) => JSON.stringify(state))
  expect([told.length, new Set(told).size]).toEqual([13, 13])
})

it('what a budget left untried is not told as tried', async () => {
  const map = mailboxMap({ silent: ['receiver.Item', 'lose'] })
  const logs = [logOf('s.log', [post(), post()]), logOf('r.log', [{ at: 'r', do: 'last', n: 2 }])]
  expect(await told(model, map, logs, { maxStates: 1 })).toBe(
    [
      'Unknown: more states than --max-states would have to be looked at; 2 events can be explained.',
      '',
      'Explained: all of s.log, nothing of r.log.',
      'After them, as far as was looked, the protocol is in one of 5 states, of which 3 are told:',
      '1.',
      '  s1  {note none, sent 2}',
      '  r1  {last 0}',
      '  s1→r1  [Item{n 1}, Item{n 2}]',
      '  losses  1',
      '',
      '  r.log:1  {"at":"r","do":"last","n":2}',
      '    before it r1.last is 0, the log shows 2',
      '2.',
      '  r1.last 0 → 1',
      '  s1→r1 is gone (was Item{n 1})',
      '',
      '  r.log:1  {"at":"r","do":"last","n":2}',
      '    before it r1.last is 1, the log shows 2',
      '3.',
      '  r1.last 0 → 2',
      '  s1→r1 is gone (was Item{n 2})',
      '',
      '  r.log:1  {"at":"r","do":"last","n":2}',
      '    nothing stands against it; it was not tried',
    ].join('\n'),
  )
})
