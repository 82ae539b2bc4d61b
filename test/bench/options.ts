/** The command line of the benchmark. */
import { parseArgs } from 'node:util'
import { PORTFOLIO } from './portfolio-models.ts'
import { isPortfolio, isSectionName, SECTIONS, type SectionName } from './section-name.ts'

export interface Options {
  /** Resource managers in the two-phase commit that the peers are measured on. */
  readonly rms: number
  readonly rounds: number
  readonly sections: readonly SectionName[]
  /** Of the portfolio, only these; all if there are none. */
  readonly models: readonly string[]
}

const names = Object.entries(SECTIONS)
const width = Math.max(...names.map(([name]) => name.length))

export const HELP = `\
Usage: npm run bench -- [options]

  --rms <n>      resource managers in the peers' two-phase commit (1 to 10; default 8)
  --rounds <n>   how often each program runs (1 to 100; default 3)
  --only <name>  this section only
  --model <name> of the portfolio, this model and nothing else; may be repeated
  --long         the long sections too
  --help         show this

Sections:
${names.map(([name, { about, isLong }]) => `  ${name.padEnd(width)}  ${about}${isLong ? ' (long)' : ''}`).join('\n')}`

/** Undefined where help is asked for; throws where an option is wrong. */
export function readOptions(argv: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rms: { type: 'string', default: '8' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      model: { type: 'string', multiple: true, default: [] },
      long: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  return {
    rms: wholeNumber('--rms', values.rms, 10),
    rounds: wholeNumber('--rounds', values.rounds, 100),
    sections: sectionsOf(values),
    models: values.model.map(modelNamed),
  }
}

function sectionsOf({ only, long, model }: { only?: string; long: boolean; model: readonly string[] }): SectionName[] {
  const named = only === undefined ? sections(long) : [sectionNamed(only)]
  if (model.length === 0) return named
  const ofModels = named.filter(isPortfolio)
  if (ofModels.length > 0) return ofModels
  throw new Error(`--model ${model[0]} is of the portfolio, and --only ${only} leaves that out`)
}

const sections = (long: boolean): SectionName[] =>
  names.flatMap(([name, { isLong }]) => (isSectionName(name) && (long || !isLong) ? [name] : []))

function sectionNamed(name: string): SectionName {
  if (isSectionName(name)) return name
  throw new Error(`--only ${name}: expected one of ${Object.keys(SECTIONS).join(', ')}`)
}

function modelNamed(name: string): string {
  const known = new Set(Object.values(PORTFOLIO).flatMap((models) => models.map((model) => model.name)))
  if (known.has(name)) return name
  throw new Error(`--model ${name}: expected one of ${[...known].join(', ')}`)
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new Error(`${option} ${text}: expected a whole number from 1 to ${max}`)
}
