/** Reading what the programs print: the counts where the search was whole and exact, an error everywhere else. */
import { describe, expect, it } from 'vitest'
import { conformAnswer } from './logs.ts'
import { costIn } from './measured-run.ts'
import { requirePeers } from './peer-tools.ts'
import { rumurAnswer } from './rumur.ts'
import { spinAnswer } from './spin.ts'
import { verifyAnswer } from './splitbrain.ts'

const SPIN = `\
(Spin Version 6.5.2 -- 6 December 2019)
	+ Partial Order Reduction

Full statespace search for:
	never claim         	- (none specified)

State-vector 28 byte, depth reached 25, errors: 0
 10340352 states, stored
1.1321805e+08 states, matched
1.235584e+08 transitions (= stored+matched)
        0 atomic steps
`

describe('SPIN', () => {
  it('counts states and transitions, in eight digits', () => {
    expect(spinAnswer(SPIN)).toEqual({ distinct: 10_340_352, generated: 123_558_400 })
  })

  it('is not believed where it stores hashes, was cut short or found an error', () => {
    expect(() => spinAnswer(SPIN.replace('Full statespace', 'Hash-Compact 4'))).toThrow('SPIN did not search exactly')
    expect(() => spinAnswer(`Warning: Search not completed\n${SPIN}`)).toThrow('did not explore the whole space')
    expect(() => spinAnswer(SPIN.replace('errors: 0', 'errors: 1'))).toThrow('did not explore the whole space')
  })
})

const RUMUR = `\
Status:

	No error found.

State Space Explored:

	8832 states, 67777 rules fired in 0s.
`

describe('Rumur', () => {
  it('fires a rule for each transition: the initial state is generated besides', () => {
    expect(rumurAnswer(RUMUR)).toEqual({ distinct: 8832, generated: 67_778 })
  })

  it('is not believed without its conclusion, or its counts', () => {
    expect(() => rumurAnswer(RUMUR.replace('No error found.', '1 error(s) found.'))).toThrow('the whole space')
    expect(() => rumurAnswer(RUMUR.replace('8832', ''))).toThrow('in the output, found:')
  })
})

describe('splitbrain', () => {
  const printed = {
    verdict: 'holds',
    stop: { reason: 'complete' },
    distinct: 34,
    generated: 95,
    stats: { bodyRuns: 12 },
  }

  it('prints one JSON document', () => {
    expect(verifyAnswer(JSON.stringify(printed))).toEqual({ distinct: 34, generated: 95, calls: 12 })
  })

  it('is not believed where a budget ran out', () => {
    const cut = { ...printed, verdict: 'unknown', stop: { reason: 'memory' } }
    expect(() => verifyAnswer(JSON.stringify(cut))).toThrow('unknown (memory), expected holds')
  })
})

describe('GNU time', () => {
  it('has the last line, after what the program itself complains of', () => {
    const cost = { wallSeconds: 1.25, cpuSeconds: 2.4, peakBytes: 2_048_000 }
    expect(costIn('warning: 7 8 9\n1.25 2.40 2000\n')).toEqual(cost)
  })
})

describe('the peers', () => {
  it('must all be there: those that are not are named, with the way to get them', () => {
    expect(() => requirePeers(() => true)).not.toThrow()
    expect(() => requirePeers((program) => program === 'gcc')).toThrow(
      'spin, rumur not found: the peers cannot be measured. Install them (Debian: apt-get install spin rumur), or name a ' +
        'section that needs none: npm run bench -- --only corpus',
    )
  })
})

describe('verify conform', () => {
  it('counts states and events, where the verdict is as it should be', () => {
    const output = JSON.stringify({ verdict: 'conforms', states: 5_101, events: 4_888 })
    expect(conformAnswer(output, 'conforms')).toEqual({ distinct: 5_101, generated: 4_888 })
    expect(() => conformAnswer(output, 'does not conform')).toThrow('conforms, expected does not conform')
  })
})
