import { describe, it } from 'vitest'
import type { Consistency } from '../../src/history/consistencies.ts'
import { assertAgreement, ORACLES, objectsFor } from './agreement.ts'

describe.each(Object.keys(ORACLES) as Consistency[])('%s', (consistency) => {
  it.each(objectsFor(consistency))('of a %s is what trying everything finds', (name) => {
    assertAgreement(consistency, name, 40)
  })
})
