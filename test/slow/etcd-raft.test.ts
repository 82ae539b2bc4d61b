/** examples/etcd-raft at length: the whole trace of etcd's Raft, in about 6 s of CPU and 250 MB; and a bug that takes two elections. */
import { check } from 'splitbrain'
import { expect, it } from 'vitest'
import etcdRaft from '../../examples/etcd-raft/protocol.ts'
import { etcdLog, heldAgainstRaft } from '../examples/etcd-raft-log.ts'

it.skipIf(etcdLog === undefined)('all 4,888 events conform', async () => {
  expect(await heldAgainstRaft(etcdLog!)).toEqual({ verdict: 'conforms', events: 4_888, breach: undefined })
  expect(process.memoryUsage().rss).toBeLessThan(1e9)
})

it('a vote for whose log is behind loses what is committed', async () => {
  const found = await check(etcdRaft, { bugs: ['noLogCheck'], parameters: { members: 3, elections: 2 } })
  if (found.verdict !== 'violated') throw new Error(found.verdict)
  expect([found.violations[0].property, found.violations[0].steps]).toEqual(['complete', 14])
})
