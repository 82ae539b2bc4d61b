/**
 * `SHARD=2/3 npm run test:slow` runs every third test of each file, from the second or third on, and skips the others:
 * three such runs are the whole. Test by test, for files take from seconds to minutes.
 */
import { beforeEach } from 'vitest'
import { isInShard, shardIn } from './shard-of.ts'

const shard = shardIn(process.env.SHARD)
let position = 0

if (shard !== undefined) {
  beforeEach(({ task, skip }) => {
    skip(!isInShard(shard, task.file.name, position++), `it is not in shard ${process.env.SHARD}`)
  })
}
