/**
 * What a definition requires of its parameters: sentences, and whether they are true. Whoever asks for what a protocol
 * is not meant for is told so before the search.
 */
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { checkVisible, isTable, refuse } from './refuse.ts'

/** @throws SplitbrainError `bad-parameter` where one is not true, `bad-protocol` where it is no requirement */
export function admitParameters(protocol: string, parameters: Readonly<Record<string, unknown>>, definition: unknown) {
  const requires: unknown = isTable(definition) ? definition.requires : undefined
  if (requires === undefined) return
  if (!isTable(requires))
    refuse(`requires is ${found(requires)}`, "an object: { 'crashes < servers': crashes < servers }")
  for (const [sentence, isTrue] of Object.entries(requires)) {
    checkVisible('requires', sentence)
    if (typeof isTrue !== 'boolean')
      refuse(`requires['${sentence}'] is ${found(isTrue)}`, 'whether it is so: a boolean')
    if (isTrue) continue
    throw new SplitbrainError(
      'bad-parameter',
      `${protocol} requires ${sentence}; found ${toldOf(parameters, sentence)}`,
    )
  }
}

/** The parameters that the sentence speaks of; all of them where it names none. */
function toldOf(parameters: Readonly<Record<string, unknown>>, sentence: string): string {
  const words = sentence.split(/[^A-Za-z0-9]+/)
  const names = Object.keys(parameters)
  const told = names.some((name) => words.includes(name)) ? names.filter((name) => words.includes(name)) : names
  return told.map((name) => `${name} ${String(parameters[name])}`).join(', ')
}
