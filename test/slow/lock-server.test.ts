/** examples/lock-server at length: 1,000 seeded runs under faults, and mistakes that only three clients show. */
import { Disagreement } from 'splitbrain/testing'
import { expect, it } from 'vitest'
import { driveLockServer } from '../../examples/lock-server/drive.ts'
import map from '../../examples/lock-server/map.ts'
import lockServer from '../../examples/lock-server/protocol.ts'
import { MISTAKES, type Mistake } from '../../examples/lock-server/server.ts'
import { simulate } from '../../examples/lock-server/simulate.ts'
import { conform } from '../../src/conform/conform.ts'

const model = lockServer.instantiate(map.parameters)

it.each([0, 250, 500, 750])('logs of 250 seeded runs conform, from seed %i on', async (from) => {
  for (let seed = from; seed < from + 250; seed++) {
    const found = await conform(model, map, [{ name: `seed ${seed}`, lines: simulate({ seed }) }])
    expect([seed, found.verdict, 'breach' in found]).toEqual([seed, 'conforms', false])
  }
})

/** The protocol has no restarts, so a drive has none: the two mistakes that are about them only logs show. */
const mistakes = (Object.keys(MISTAKES) as Mistake[]).filter((mistake) => !mistake.endsWith('InMemory'))

it.each(mistakes)('walks of three clients find that %s', async (mistake) => {
  const walks = { walks: 40, seed: 1, length: 40 }
  const parameters = { clients: 3, requests: 2, retries: 2 }
  const found = await driveLockServer(mistake, { coverage: walks, parameters }).catch((thrown: unknown) => thrown)
  expect(found).toBeInstanceOf(Disagreement)
  expect((found as Disagreement).steps).toBeLessThanOrEqual(15)
})
