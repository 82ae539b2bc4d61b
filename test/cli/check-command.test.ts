/** The options of a search: what a protocol's parameters add to them, and that the two can never clash. */
import { always, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/cli/check-command.ts'
import type { Console } from '../../src/cli/console.ts'
import { givenParameters } from '../../src/cli/parameter-options.ts'
import {
  budgetOf,
  budgetOptions,
  outputOptions,
  type SearchFlags,
  searchOptions,
} from '../../src/cli/search-options.ts'
import { simulationOptions } from '../../src/cli/simulation-options.ts'
import { kebabCase } from '../../src/report/kebab-case.ts'
import { paintIf } from '../../src/report/paint.ts'

const silent: Console = { print: () => {}, complain: () => {}, width: 100, colour: false, paint: paintIf(false) }

const knobs = protocol(
  {
    name: 'knobs',
    parameters: {
      maxTerm: z.int().min(1).max(6).default(2).describe('terms'),
      lock: z.enum(['setnx', 'fencing']).default('fencing').describe('kind of lock'),
      eager: z.boolean().default(false).describe('sends at once'),
      lazy: z.boolean().default(true),
    },
  },
  () => ({ properties: { fine: always('all is well', () => true) } }),
)

const parse = (...args: string[]) => checkCommand('knobs', knobs, silent).parse(args, { from: 'user' })
const parametersOf = (...args: string[]) => givenParameters(knobs.parameters, parse(...args).opts())

describe('the parameters of a protocol as options', () => {
  it.each([
    [[], {}],
    [['--max-term', '3'], { maxTerm: 3 }],
    [['--max-term=6', '--lock', 'setnx'], { maxTerm: 6, lock: 'setnx' }],
    [['--eager', '--no-lazy'], { eager: true, lazy: false }],
    [['--no-eager', '--lazy'], { eager: false, lazy: true }],
  ])('%j gives %j', (args, expected) => expect(parametersOf(...args)).toEqual(expected))

  it.each([
    [['--max-term', '7'], "option '--max-term <n>' argument '7' is invalid. Expected 1 to 6 (terms)."],
    [['--max-term', '1.5'], "option '--max-term <n>' argument '1.5' is invalid. Expected 1 to 6 (terms)."],
    [['--max-term', ''], "option '--max-term <n>' argument '' is invalid. Expected 1 to 6 (terms)."],
    [['--lock', 'red'], "option '--lock <value>' argument 'red' is invalid. Expected setnx | fencing (kind of lock)."],
  ])('%j is refused', (args, message) => expect(() => parse(...args)).toThrow(`error: ${message}`))

  it('say their meaning, bounds and default in the help', () => {
    const help = checkCommand('knobs', knobs, silent).helpInformation().split('\n')
    expect(help).toContain('  --max-term <n>          terms (1 to 6; default 2)')
    expect(help).toContain('  --lock <value>          kind of lock (setnx | fencing; default fencing)')
    expect(help).toContain('  --eager                 sends at once (off by default)')
    expect(help).toContain('  --lazy                  (on by default; --no-lazy turns it off)')
  })

  it('cannot have the name of an option that every search has', () => {
    const options = [...searchOptions(), ...simulationOptions(), ...budgetOptions(), ...outputOptions()]
    const names = options.map((option) => option.attributeName())
    expect(names).toContain('maxStates')
    for (const name of [...names, 'help', 'version']) {
      const clashing = () =>
        protocol({ name: 'clash', parameters: { [name]: z.int().default(1) } }, () => ({ properties: {} }))
      expect(clashing, `--${kebabCase(name)}`).toThrow(`the parameter ${name} cannot be used`)
    }
  })
})

describe('the options of every search', () => {
  it('collect repeated and separated names', () => {
    expect(parse('--bug', 'a,b', '--bug', 'c').opts<SearchFlags>().bug).toEqual(['a', 'b', 'c'])
  })

  it('may say the same twice', () => {
    expect(parametersOf('--max-term', '3', '--eager', '--eager', '--max-term', '3')).toEqual({
      maxTerm: 3,
      eager: true,
    })
  })

  it('make the budget', () => {
    const flags = parse('--max-states', '10k', '--max-depth', '0', '--timeout', '2m', '--max-memory', '1GB').opts()
    expect(budgetOf(flags as SearchFlags)).toEqual({
      maxStates: 10_000,
      maxDepth: 0,
      timeoutMs: 120_000,
      maxMemoryBytes: 2 ** 30,
    })
  })

  it('bound the memory even where nothing is said', () => {
    expect(budgetOf(parse().opts<SearchFlags>()).maxMemoryBytes).toBeGreaterThan(2 ** 20)
  })

  it.each([
    ['--bfs', '--dfs'],
    ['--no-save', '--out=x'],
    ['--quiet', '--stats'],
  ])('%s and %s contradict each other', (...args) => expect(() => parse(...args)).toThrow('cannot be used with option'))
})
