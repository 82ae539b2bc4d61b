/** The claims that a command line asks for: those of the corpus, of some of its protocols, of protocols in files, or from one source. */
import { corpus } from '../../specs/index.ts'
import { loadProtocol, looksLikeFile } from '../load/load-protocol.ts'
import { scenariosOf } from '../load/scenarios.ts'
import type { Claim } from '../report/claims.ts'
import { commandTo } from '../report/program.ts'
import { nearestName } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/**
 * In the order of the corpus, those of files before.
 * @param names of protocols, or of rows of the catalogue; none: all
 * @param source only claims whose source has this text in it, in whole words: `001` is no part of `2001`
 * @throws SplitbrainError `unknown-protocol`, or `bad-option` where no claim is left: to check nothing is no success
 */
export async function chooseClaims(names: readonly string[], source: string | undefined): Promise<Claim[]> {
  const files = names.filter(looksLikeFile)
  const inCorpus = names.filter((name) => !looksLikeFile(name))
  for (const name of inCorpus) checkKnown(name)
  const claims: Claim[] = []
  for (const file of files) claims.push(...(await claimsOfFile(file, source)))
  for (const [name, { protocol, scenarios, row = name }] of Object.entries(corpus)) {
    if (names.length > 0 && !inCorpus.includes(name) && !inCorpus.includes(row)) continue
    const { summary = '' } = (await protocol()).declaration
    for (const scenario of await scenarios()) {
      const { claim } = scenario
      if (claim === undefined || !isFrom(source, scenario.source)) continue
      claims.push({ protocol: name, summary, row, scenario: { ...scenario, claim } })
    }
  }
  if (claims.length === 0) throw nothingChosen(names, source)
  return claims
}

async function claimsOfFile(file: string, source: string | undefined): Promise<Claim[]> {
  const loaded = await loadProtocol(file)
  const { name, declaration } = loaded.protocol
  return (await scenariosOf(loaded, file)).flatMap((scenario): Claim[] => {
    const { claim } = scenario
    if (claim === undefined || !isFrom(source, scenario.source)) return []
    return [{ protocol: file, summary: declaration.summary ?? '', row: name, scenario: { ...scenario, claim } }]
  })
}

function isFrom(asked: string | undefined, source = ''): boolean {
  if (asked === undefined) return true
  const literally = asked.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const edge = (letter: RegExp, around: string) => (letter.test(asked) ? around : '')
  const before = edge(/^[\p{L}\p{N}]/u, '(?<![\\p{L}\\p{N}])')
  const after = edge(/[\p{L}\p{N}]$/u, '(?![\\p{L}\\p{N}])')
  return new RegExp(`${before}${literally}${after}`, 'iu').test(source)
}

const known = (): string[] => [
  ...new Set([...Object.keys(corpus), ...Object.values(corpus).flatMap(({ row }) => row ?? [])]),
]

function checkKnown(name: string): void {
  if (known().includes(name)) return
  const near = nearestName(name, known())
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  throw new SplitbrainError(
    'unknown-protocol',
    `there is no protocol ${name} among those that come with splitbrain${hint}\n` +
      `The protocols are: ${known().join(', ')}`,
  )
}

function nothingChosen(names: readonly string[], source: string | undefined): SplitbrainError {
  const of = names.length === 0 ? '' : ` of ${names.join(', ')}`
  const from = source === undefined ? '' : ` with "${source}" in its source`
  return new SplitbrainError(
    'bad-option',
    `there is no claim${of}${from}; ${commandTo('claims', '--list')} prints all of them`,
  )
}
