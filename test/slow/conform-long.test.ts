/** A log of a million lines, as a stream: memory does not grow with it where no step is silent, and nothing stays open. */
import { expect, it } from 'vitest'
import { conform } from '../../src/conform/conform.ts'
import mailbox, { mailboxMap } from '../conform/mailbox.ts'

const LINES = 1_000_000
/** From here on it must not grow: the path is kept up to its longest, and dropped. */
const SETTLED = 250_000

it('a million lines take no more memory than a quarter of them', { timeout: 600_000 }, async () => {
  let settled = 0
  let most = 0
  function* lines() {
    for (let i = 0; i < LINES; i++) {
      if (i % 50_000 === 0) {
        const { heapUsed } = process.memoryUsage()
        if (i <= SETTLED) settled = Math.max(settled, heapUsed)
        else most = Math.max(most, heapUsed)
      }
      yield i === 0 ? '{"do": "post", "n": 1}' : i === 1 ? '{"do": "got", "n": 1}' : '{"do": "last", "n": 1}'
    }
  }
  const found = await conform(mailbox.instantiate({}), mailboxMap(), [{ name: 'log', lines: lines() }])
  expect(found).toMatchObject({ verdict: 'conforms', census: { lines: LINES, events: LINES } })
  expect(most).toBeLessThan(1.3 * settled)
})
