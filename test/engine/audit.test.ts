/** The audit keeps to the time there is, and tells what it did not repeat. The clock here goes on by 10 ms at each look. */
import { describe, expect, it } from 'vitest'
import { type Auditing, audit } from '../../src/engine/audit.ts'
import { Queue } from '../../src/engine/frontier.ts'
import { Search } from '../../src/engine/search.ts'
import { propertiesOf } from '../../src/property/types.ts'
import { wide } from './store/hungry-models.ts'

/** After a search of the whole space: what the audit says, and how many runs of bodies it made. */
async function audited(auditing: Partial<Auditing>) {
  const model = wide(10).instantiate()
  const search = new Search(model, new Queue(), propertiesOf(model), { maxDepth: 100, stopsAtViolation: true })
  while (search.advance() === 'more');
  const before = search.runs
  let time = 0
  const now = () => {
    time += 10
    return time
  }
  const unlimited = { deadline: Number.POSITIVE_INFINITY, timeoutMs: Number.POSITIVE_INFINITY, signal: undefined, now }
  const unrepeated = await audit(search, { ...unlimited, ...auditing })
  return { unrepeated, repeated: search.runs - before }
}

describe('audit', () => {
  it('repeats every run where there is time', async () => {
    expect(await audited({})).toEqual({ unrepeated: 0, repeated: 33 })
  })

  it('ends soon after the deadline: 20 ms, or a hundredth of the time-out', async () => {
    expect(await audited({ deadline: 100, timeoutMs: 100 })).toEqual({ unrepeated: 29, repeated: 4 })
    expect(await audited({ deadline: 100, timeoutMs: 10_000 })).toEqual({ unrepeated: 27, repeated: 6 })
    expect(await audited({ deadline: -1000, timeoutMs: 0 })).toEqual({ unrepeated: 33, repeated: 0 })
  })

  it('ends at once after an interrupt, or as much later as whoever interrupts waits', async () => {
    expect(await audited({ signal: AbortSignal.abort() })).toEqual({ unrepeated: 33, repeated: 0 })
    expect(await audited({ signal: { aborted: true, patienceMs: 500 } })).toEqual({ unrepeated: 19, repeated: 14 })
  })
})
