/** A violated consistency, as `verify inspect` tells it: events where they happen, and a time line at the end. */
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { registerServers } from '../history/register-servers.ts'

async function traceOf(parameters: Record<string, number>) {
  const model = registerServers.instantiate(parameters)
  const { properties } = await explore(model)
  const { property, path } = properties.find(({ verdict }) => verdict === 'violated')!
  return { model, trace: record(model, property, path!) }
}

it('tells what clients do in their lanes, and draws it at the end', async () => {
  const { model, trace } = await traceOf({ servers: 2 })
  expect(renderTrace(model, trace, { width: 80, heading: false }).split('\n')).toEqual([
    '✗ linearizable is violated after 4 steps: the register is linearizable',
    "  client1's read returned null after client1's write(client1) had returned",
    '',
    '  0  initial state',
    '     server1, server2: value null',
    '     client1, client2: at writing',
    '     client1 ╌╌▷ server1  #1 Put{value client1}',
    '     client2 ╌╌▷ server2  #2 Put{value client2}',
    '     client1 invokes write(client1)',
    '     client2 invokes write(client2)',
    '',
    '      server1           server2           client1           client2',
    '      │                 │                 │                 │',
    '  1  server1 receives #1 Put{value client1} from client1    │',
    '      │◀─ #1 Put ─────────────────────────┤                 │',
    '      ● value null →    │                 │                 │',
    '      │   client1       │                 │                 │',
    '      ├╌ #3 PutOk ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▷│                 │',
    '  2  client1 receives #3 PutOk from server1                 │',
    '      ├─ #3 PutOk ───────────────────────▶│                 │',
    '      │                 │                 ● at writing →    │',
    '      │                 │                 │   reading       │',
    '      │                 │                 │ write returns   │',
    '      │                 │                 │ invokes read()  │',
    '      │                 │◁╌ #4 Get ╌╌╌╌╌╌╌┤                 │',
    '  3  server2 receives #4 Get from client1 │                 │',
    '      │                 │◀─ #4 Get ───────┤                 │',
    '      │                 ├╌ #5 GetOk{va… ╌▷│                 │',
    '  4  client1 receives #5 GetOk{value null} from server2     │',
    '      │                 ├─ #5 GetOk ─────▶│                 │',
    '      │                 │                 ● at reading →    │',
    '      │                 │                 │   done          │',
    '      │                 │                 │ read returns    │',
    '      │                 │                 │   null          │',
    '',
    'What the clients did:',
    'client1  ├─ write(client1) ─┤ ╞═ read() → null ═╡',
    'client2   ├─ write(client2) ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄',
    '',
    '✗ linearizable is violated after 4 steps: the register is linearizable',
    "  client1's read returned null after client1's write(client1) had returned",
  ])
})

it('tells them in the list where there is no room for lanes', async () => {
  const { model, trace } = await traceOf({ servers: 2, clients: 3 })
  const told = renderTrace(model, trace, { width: 60, heading: false }).split('\n')
  expect(told).toContain('     client1 write returns')
  expect(told).toContain('     client1 read returns null')
  expect(told.slice(-9, -5)).toEqual([
    'What the clients did:',
    'client1  ├─ write(client1) ─┤ ╞═ read() → null ═╡',
    'client2   ├─ write(client2) ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄',
    'client3    ├─ write(client3) ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄',
  ])
})

it('says that a crash leaves an operation behind', async () => {
  const { model } = await traceOf({ servers: 2 })
  expect(model.parameters.crashes).toBe(0)
  const fragile = registerServers.instantiate({ servers: 2, crashes: 1 })
  const { properties } = await explore(fragile, { keepGoing: true })
  const { property, path } = properties.find(({ verdict }) => verdict === 'violated')!
  const crash = { action: 'crash', process: 'client2', arguments: {} }
  const trace = record(fragile, property, { ...path!, steps: [crash, ...path!.steps] })
  const told = renderTrace(fragile, trace, { width: 120, heading: false })
  expect(told).toContain('write is given up: its')
  expect(told).toContain('client2   ├─ write(client2) ┄┄\n')
})
