import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { registerServers } from './register-servers.ts'

/** stateright/stateright, examples/single-copy-register.rs, asserts 93 unique states. */
it('has as many states as Stateright finds with one server and two clients, and is linearizable', async () => {
  const { verdict, distinct } = await explore(registerServers.instantiate())
  expect({ verdict, distinct }).toEqual({ verdict: 'holds', distinct: 93 })
})

it('is not linearizable with two copies, and says who read what', async () => {
  const model = registerServers.instantiate({ servers: 2 })
  const result = await explore(model)
  const { property, verdict, path } = result.properties.find(({ property }) => property.name === 'linearizable')!
  expect(verdict).toBe('violated')
  const trace = record(model, property, path!)
  expect(trace.steps.length).toBe(4)
  expect(trace.because).toBe("client1's read returned null after client1's write(client1) had returned")
  expect(replay(model, trace).outcome).toBe('reproduced')
})

it.each([
  { servers: 1, crashes: 1 },
  { servers: 2, crashes: 1 },
  { clients: 3, servers: 1 },
])('agrees with the naive explorer at %o', { tags: 'slow' }, async (parameters) => {
  const model = registerServers.instantiate(parameters)
  const { distinct, generated, depth } = await explore(model, { keepGoing: true })
  const naive = naiveExplore(model)
  expect({ distinct, generated, depth }).toEqual({
    distinct: naive.distinct,
    generated: naive.generated,
    depth: naive.depth,
  })
})
