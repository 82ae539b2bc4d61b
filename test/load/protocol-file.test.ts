/** From a protocol in hand to the file that exports it. */
import { fileURLToPath } from 'node:url'
import { protocol } from 'splitbrain'
import { expect, it } from 'vitest'
import redisLock from '../../specs/redis-lock/redis-lock.ts'
import { fileOfProtocol } from '../../src/load/protocol-file.ts'
import { usersFilesIn } from '../../src/load/what-was-thrown.ts'
import mailbox from '../conform/mailbox.ts'

const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url))

it('is the one that made it, if that exports something by default', () => {
  expect(fileOfProtocol(redisLock)).toBe(fileAt('../../specs/redis-lock/redis-lock.ts'))
  expect(fileOfProtocol(mailbox)).toBe(fileAt('../conform/mailbox.ts'))
})

it('is not a file that nothing can be loaded from, such as this one', () => {
  expect(fileOfProtocol(protocol({ name: 'none', roles: {} }, () => ({ population: {} }) as never))).toBeUndefined()
  expect(fileOfProtocol({})).toBeUndefined()
})

it('is read off the stacks of Node and of test runners', () => {
  const stack = `Error: made here
    at protocol (/home/ann/app/node_modules/splitbrain/dist/shared/index-X.js:3:1)
    at withBounds (/home/ann/app/bounds.ts:3:10)
    at /home/ann/app/counter.ts?t=17:4:9
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async Evaluator.run (file:///home/ann/app/node_modules/vitest/dist/index.js:1:2)
    at /home/ann/app/counter.test.ts:2:1`
  expect(usersFilesIn(stack)).toEqual(['/home/ann/app/bounds.ts', '/home/ann/app/counter.ts'])
  expect(usersFilesIn('E\n    at file:///a/lock.ts:3:1\n    at ModuleJob.run (node:internal/modules/job:1:2)')).toEqual(
    ['/a/lock.ts'],
  )
  expect(usersFilesIn('')).toEqual([])
})
