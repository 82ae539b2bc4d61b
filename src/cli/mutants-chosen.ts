/** Which of a protocol's mutants a command line asks for: those of lines that have changed, or that are named. */
import { basename, relative } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { changedLines } from '../experiment/mutate/changed-lines.ts'
import type { Mutant } from '../experiment/mutate/mutant.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

export interface LineGiven {
  /** As it was given: a path, or the name of a file. Absent: in whichever. */
  readonly file?: string
  readonly line: number
}

export interface MutantsAsked {
  readonly changed?: true | string
  readonly at?: readonly LineGiven[]
}

/** For commander: `41`, `lock.ts:41`, several by commas. @throws InvalidArgumentError */
export function parseLines(text: string, before: readonly LineGiven[] = []): readonly LineGiven[] {
  const given = text.split(',').map((part): LineGiven => {
    const [, file, line] = /^(?:(.+):)?([1-9]\d*)$/.exec(part.trim()) ?? []
    if (line === undefined) throw new InvalidArgumentError('Expected lines, such as 41 or lock.ts:41.')
    return { line: Number(line), ...(file !== undefined && { file }) }
  })
  return [...before, ...given]
}

/** @throws SplitbrainError `bad-option` where none is left */
export function chosenMutants(
  mutants: readonly Mutant[],
  { changed, at }: MutantsAsked,
  file: string,
): readonly Mutant[] {
  const ofChanged = changed === undefined ? mutants : ofChangedLines(mutants, changed)
  const wanted = at === undefined ? ofChanged : ofChanged.filter((mutant) => at.some((line) => isAt(mutant, line)))
  if (wanted.length > 0) return wanted
  throw new SplitbrainError('bad-option', whyNone(relative('', file), { changed, at }))
}

function ofChangedLines(mutants: readonly Mutant[], commit: true | string): readonly Mutant[] {
  const files = [...new Set(mutants.map(({ file }) => file))]
  const changed = new Map(files.map((file) => [file, changedLines(file, commit === true ? 'HEAD' : commit)]))
  return mutants.filter(({ file, line }) => changed.get(file)!.has(line))
}

const isAt = (mutant: Mutant, { file, line }: LineGiven): boolean =>
  mutant.line === line &&
  (file === undefined || file === basename(mutant.file) || relative('', file) === relative('', mutant.file))

function whyNone(place: string, { changed, at }: { [K in keyof MutantsAsked]: MutantsAsked[K] | undefined }): string {
  if (at !== undefined)
    return `no mutant of ${place} is in ${at.length === 1 ? 'that line' : 'one of these lines'}; --list names them all`
  return changed === undefined
    ? `${place} has nothing that could be mutated: no guard, no assignment, no message`
    : `no line of ${place} that could be mutated has changed; leave out --changed for all of them`
}
