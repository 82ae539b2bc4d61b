/**
 * The documented runs of a protocol. Those of a file `lock.ts` are what it exports as `scenarios`, or what
 * `lock.scenarios.ts` beside it does.
 */
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'
import { corpus } from '../../specs/index.ts'
import type { Scenario } from '../language/scenario.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { findNames } from './find-names.ts'
import { importedFrom, type LoadedProtocol } from './load-protocol.ts'

/**
 * @param name what the protocol was loaded by
 * @throws SplitbrainError `bad-scenario` where they are not what scenarios are
 */
export async function scenariosOf({ protocol, file }: LoadedProtocol, name: string): Promise<readonly Scenario[]> {
  if (file === undefined) return corpus[name]!.scenarios()
  const own = (await importedFrom(file)).scenarios
  const beside = scenariosBeside(file)
  if (!existsSync(beside)) return own === undefined ? [] : admitted(own, relative('', file), protocol)
  const found = relative('', beside)
  if (own !== undefined) throw bad(found, `${relative('', file)} exports scenarios as well`, 'them in one place')
  const { scenarios } = await importedFrom(beside)
  if (scenarios === undefined) throw bad(found, 'it exports no scenarios', FORM)
  return admitted(scenarios, found, protocol)
}

/** `lock.scenarios.ts` for `lock.ts`. */
export const scenariosBeside = (file: string): string => file.replace(/(\.[cm]?[jt]s)$/, '.scenarios$1')

/** The protocol's file that a file of scenarios is about; undefined where its name is none of such a file. */
export function protocolOfScenarios(file: string): string | undefined {
  return /\.scenarios\.[cm]?[jt]s$/.test(file) ? file.replace(/\.scenarios(\.[cm]?[jt]s)$/, '$1') : undefined
}

/** @throws SplitbrainError `bad-option` */
export async function scenarioNamed(wanted: string, loaded: LoadedProtocol, name: string): Promise<Scenario> {
  const scenarios = await scenariosOf(loaded, name)
  const [found] = findNames(
    [wanted],
    scenarios.map((scenario) => scenario.name),
    'scenario',
    loaded.protocol.name,
  )
  return scenarios.find((scenario) => scenario.name === found)!
}

const FORM = "export const scenarios: readonly Scenario[] = [{ name: 'default', expect: { verdict: 'holds' } }]"

const whole = z.int().min(0)
const names = z.array(z.string())
const VERDICTS = ['holds', 'violated']
const HOLDS = z.strictObject({
  verdict: z.literal('holds'),
  distinct: whole.optional(),
  generated: whole.optional(),
  depth: whole.optional(),
})
const VIOLATED = z.strictObject({
  verdict: z.literal('violated'),
  property: z.string(),
  steps: whole.optional(),
  loop: whole.optional(),
})
const SHAPE = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/, 'a name is made of letters, digits, dashes and dots'),
  claim: z.string().optional(),
  source: z.string().optional(),
  refuted: z.literal(true).optional(),
  finding: z.string().optional(),
  cell: z.strictObject({ row: z.string(), column: z.string(), asks: names }).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  bugs: names.optional(),
  properties: names.min(1).optional(),
  expect: z.discriminatedUnion('verdict', [HOLDS, VIOLATED]),
  slow: z.boolean().optional(),
  trace: z.string().optional(),
})

function admitted(
  scenarios: unknown,
  file: string,
  { parameters, declaration }: LoadedProtocol['protocol'],
): Scenario[] {
  if (!Array.isArray(scenarios)) throw bad(file, 'its scenarios are no list', FORM)
  const known = { parameters: Object.keys(parameters), bugs: Object.keys(declaration.bugs ?? {}) }
  const taken = new Set<string>()
  return scenarios.map((given: unknown, at) => {
    const parsed = SHAPE.safeParse(given)
    const place = `${file}: ${placeIn(given, at)}`
    if (!parsed.success) throw misread(place, parsed.error.issues, given)
    const scenario = parsed.data as Scenario
    if (taken.has(scenario.name)) throw bad(place, 'another one has this name', 'names that differ')
    taken.add(scenario.name)
    for (const name of Object.keys(scenario.parameters ?? {})) admitName(place, 'parameter', name, known.parameters)
    for (const name of scenario.bugs ?? []) admitName(place, 'bug', name, known.bugs)
    return scenario
  })
}

function placeIn(given: unknown, at: number): string {
  const name = typeof given === 'object' && given !== null && 'name' in given ? given.name : undefined
  return typeof name === 'string' ? `scenario ${name}` : `scenario ${at + 1}`
}

/** A field that is not known is told before one that is missing: it is that one, misspelt. */
function misread(place: string, issues: readonly z.core.$ZodIssue[], given: unknown): SplitbrainError {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!
  const where = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys
    const known = fieldsAt(where, given)
    return bad(place, `there is no field ${[...issue.path, key].join('.')}${didYouMean(key!, known)}`, known.join(', '))
  }
  if (where === 'expect.verdict') {
    const verdict = (given as { expect: { verdict: unknown } }).expect.verdict
    return bad(place, `${where} is ${found(verdict)}${didYouMean(String(verdict), VERDICTS)}`, VERDICTS.join(' or '))
  }
  return bad(place, `${where || 'it'}: ${issue.message}`, FORM)
}

/** The fields that an object in a scenario may have. */
function fieldsAt(where: string, given: unknown): string[] {
  if (where === 'cell') return Object.keys(SHAPE.shape.cell.unwrap().shape)
  if (where !== 'expect') return Object.keys(SHAPE.shape)
  const { verdict } = (given as { expect: { verdict: unknown } }).expect
  return Object.keys((verdict === 'holds' ? HOLDS : VIOLATED).shape)
}

function admitName(place: string, noun: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  throw bad(place, `there is no ${noun} ${name}${didYouMean(name, known)}`, known.join(', ') || `no ${noun}s`)
}

const bad = (place: string, what: string, expected: string) =>
  new SplitbrainError('bad-scenario', `${place}: ${what}; expected ${expected}`)
