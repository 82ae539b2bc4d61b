import { describe, expect, it } from 'vitest'
import { HELP, readOptions } from './options.ts'
import { SECTIONS } from './section-name.ts'

const SHORT = ['peers', 'portfolio', 'corpus', 'explorer']

describe('the command line of the benchmark', () => {
  it('leaves out what is long, unless asked for it', () => {
    expect(readOptions([])).toEqual({ rms: 8, rounds: 3, sections: SHORT, models: [] })
    expect(readOptions(['--long'])?.sections).toEqual([
      'peers',
      'portfolio',
      'portfolio-long',
      'corpus',
      'explorer',
      'raft',
      'workers',
      'logs',
      'growth',
    ])
  })

  it('takes one section, long or not', () => {
    expect(readOptions(['--only', 'growth', '--rounds', '1'])).toMatchObject({
      rms: 8,
      rounds: 1,
      sections: ['growth'],
    })
    expect(readOptions(['--rms', '9', '--only', 'peers'])).toMatchObject({ rms: 9, rounds: 3, sections: ['peers'] })
  })

  it('takes models of the portfolio, and measures nothing else then', () => {
    const models = ['paxos', 'sixty']
    expect(readOptions(['--model', 'paxos', '--model', 'sixty'])).toMatchObject({ sections: ['portfolio'], models })
    expect(readOptions(['--model', 'raft-election', '--long'])?.sections).toEqual(['portfolio', 'portfolio-long'])
    expect(readOptions(['--model', 'raft-election', '--only', 'portfolio-long'])?.sections).toEqual(['portfolio-long'])
  })

  it.each([
    [['--rms', '11'], '--rms 11: expected a whole number from 1 to 10'],
    [['--rounds', 'two'], '--rounds two: expected a whole number from 1 to 100'],
    [['--rounds', '1.5'], '--rounds 1.5: expected a whole number from 1 to 100'],
    [
      ['--only', 'toString'],
      '--only toString: expected one of peers, portfolio, portfolio-long, corpus, explorer, raft, workers, logs, growth',
    ],
    [['--model', 'raft'], '--model raft: expected one of two-phase-commit, raft-election, peterson,'],
    [['--model', 'paxos', '--only', 'corpus'], '--model paxos is of the portfolio, and --only corpus leaves that out'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message)
  })

  it('shows its help on request only, with every section', () => {
    expect(readOptions(['--help'])).toBeUndefined()
    for (const [name, { about }] of Object.entries(SECTIONS)) expect(HELP).toMatch(new RegExp(`${name} +${about}`))
    expect(HELP.match(/\(long\)$/gm)).toHaveLength(5)
  })
})
