/** Logs of others, and of many random behaviours, against protocols. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { conform } from '../../src/conform/conform.ts'
import lockServer from '../conform/lock-server/lock-server.ts'
import map from '../conform/lock-server/map.ts'
import { compare } from '../conform/oracle.ts'

it('finds what the plainest search finds, of 600 random logs', { timeout: 300_000 }, () => compare(600, 4))

const data = fileURLToPath(new URL('../../../shared/data/conform/', import.meta.url))

/** P's example PObserve, which is not part of this repository. */
describe.skipIf(!existsSync(data))("the logs of P's lock server", () => {
  const linesOf = (name: string) =>
    gunzipSync(readFileSync(`${data}lock-server-10000-${name}.txt.gz`))
      .toString()
      .split('\n')
  const held = (name: string) => {
    const model = lockServer.instantiate({ clients: 5, locks: 5 })
    return conform(model, map, [{ name, lines: linesOf(name) }])
  }

  it.each(['1_happy', '5_happy'])('%s conforms', { timeout: 60_000 }, async (name) => {
    expect(await held(name)).toMatchObject({ verdict: 'conforms', census: { events: 20_000, others: 2 } })
  })

  it('the error is found at its line', { timeout: 60_000 }, async () => {
    const found = await held('1_error')
    if (found.verdict !== 'does not conform') throw new Error(found.verdict)
    expect(found.standing.flatMap(({ against }) => against.map(({ event }) => event.place.line))).toEqual([1876])
    expect(found.standing[0]!.against[0]!.reasons).toEqual([
      {
        candidate: 'server1 receives Ask from c4, then c4 receives Answer',
        against: ['no such message is on its way; c4→server1 holds nothing'],
      },
    ])
  })
})
