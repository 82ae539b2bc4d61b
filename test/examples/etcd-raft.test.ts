/** examples/etcd-raft: its protocol holds, seeded bugs break it, and traces conform until a fault is put in. */
import { check } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import etcdRaft from '../../examples/etcd-raft/protocol.ts'
import { etcdLog, FAULTS, heldAgainstRaft } from './etcd-raft-log.ts'
import { model, traceOf } from './etcd-raft-writer.ts'

async function brokenBy(bug: string, parameters: Parameters) {
  const found = await check(etcdRaft, { bugs: [bug], parameters })
  if (found.verdict !== 'violated') return found.verdict
  const [{ property, steps }] = found.violations
  return [property, steps]
}
type Parameters = Readonly<Record<string, number>>

describe('its protocol', () => {
  const holdsAt = async (parameters: Parameters, distinct: number) => {
    expect(await check(etcdRaft, { parameters })).toMatchObject({ verdict: 'holds', distinct })
  }
  it('holds with a change of members', () => holdsAt({ changes: 1, proposals: 0 }, 199))
  it('holds with a heartbeat', { tags: 'slow' }, () => holdsAt({ nodes: 2, heartbeats: 1 }, 305))

  it.each<[string, Parameters, string, number]>([
    ['halfQuorum', { nodes: 2, elections: 2, proposals: 0, appends: 0 }, 'oneLeader', 4],
    ['voteAgain', { members: 3, elections: 2, proposals: 0, appends: 0 }, 'onward', 3],
  ])('does not where %s', async (bug, parameters, property, steps) => {
    expect(await brokenBy(bug, parameters)).toEqual([property, steps])
  })

  it('does not where hastyHeartbeat', { tags: 'slow' }, async () => {
    expect(await brokenBy('hastyHeartbeat', { members: 3, heartbeats: 1 })).toEqual(['agreement', 12])
  })
})

describe('a random behaviour of it, traced as etcd does', () => {
  it.each([1, 2, 3])('conforms (%i)', { tags: 'slow' }, async (seed) => {
    expect(await heldAgainstRaft(traceOf(seed, 120), model)).toMatchObject({ verdict: 'conforms', events: 120 })
  })

  it.each([
    ['term', '"term":', 60],
    ['commit', '"commit":', 90],
    ['log', '"log":', 119],
  ])('does not with another %s in one line', { tags: 'slow' }, async (_, field, line) => {
    const lines = traceOf(1, 120)
    lines[line - 1] = lines[line - 1]!.replace(new RegExp(`${field}(\\d+)`), (_found, n) => `${field}${Number(n) + 1}`)
    expect(await heldAgainstRaft(lines, model)).toMatchObject({ verdict: 'does not conform', line: [line] })
  })
})

describe.skipIf(etcdLog === undefined)("the trace of etcd's Raft", () => {
  it('conforms as far as an election and the first entries go', async () => {
    expect(await heldAgainstRaft(etcdLog!.slice(0, 400))).toEqual({
      verdict: 'conforms',
      events: 400,
      breach: undefined,
    })
  })

  const TITLE = 'does not where $told'
  it.each(FAULTS.slice(0, 4))(TITLE, assertFound)
  it.each(FAULTS.slice(4))(TITLE, { tags: 'slow' }, assertFound)

  async function assertFound({ made, line, why }: (typeof FAULTS)[number]): Promise<void> {
    const found = await heldAgainstRaft(made(etcdLog!.slice(0, 1_300)))
    expect(found).toMatchObject({ verdict: 'does not conform', line: [line] })
    expect(found.why!.join('\n')).toContain(why)
  }
})
