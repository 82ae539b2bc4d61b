/** Every committed counterexample, written for other tools. `npm test` has the first of each protocol. */
import { describe, it } from 'vitest'
import { committedTraces } from '../corpus/committed-traces.ts'
import { comesBack, keepsClocks } from '../corpus/trace-comes-back.ts'

describe('as ITF it comes back as it went', () => it.each(committedTraces())('%s', comesBack))
describe('its vector clocks count', () => it.each(committedTraces())('%s', keepsClocks))
