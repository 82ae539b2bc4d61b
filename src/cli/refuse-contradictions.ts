/**
 * An option that is given twice with two values is refused: the one that would win is not what half of the command line
 * says. Options that collect (--bug, --property) may be repeated; so may any other that says the same again.
 */
import type { Command, Option } from 'commander'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Of the options that the command has by now. Parsing throws a SplitbrainError `bad-option` at the second value. */
export function refuseContradictions(command: Command, collecting: readonly string[] = []): Command {
  const given = new Map<string, string>()
  for (const option of command.options) {
    const name = option.attributeName()
    if (collecting.includes(name)) continue
    command.on(`option:${option.name()}`, (value: string | undefined) => {
      const said = asSaid(option, value)
      const before = given.get(name) ?? said
      if (before !== said) throw new SplitbrainError('bad-option', `${before} contradicts ${said}; give one of them`)
      given.set(name, said)
    })
  }
  return command
}

const asSaid = ({ long }: Option, value: string | undefined): string =>
  value === undefined ? long! : `${long} ${value}`
