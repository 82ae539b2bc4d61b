/**
 * Which tests of a file run. Those that are tagged `slow` do in the slow suite, and the quick ones beside them do not. And
 * `SHARD=2/3 npm run test:slow` runs every third test of each file, from the second or third on, and skips the others:
 * three such runs are the whole. Test by test, for files take from seconds to minutes.
 */
import { beforeEach } from 'vitest'
import { isInShard, shardIn } from './shard-of.ts'

const isSlowSuite = process.env.MODE === 'slow'
const shard = shardIn(process.env.SHARD)
let position = 0

beforeEach(({ task, skip }) => {
  const isTagged = task.tags?.includes('slow') === true
  if (!isSlowSuite) skip(isTagged, 'it is slow: npm run test:slow has it')
  else skip(!isTagged && !task.file.name.startsWith('test/slow/'), 'it is quick: npm test has it')
  if (shard !== undefined) {
    skip(!isInShard(shard, task.file.name, position++), `it is not in shard ${process.env.SHARD}`)
  }
})
