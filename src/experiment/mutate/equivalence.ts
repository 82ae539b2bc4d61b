/** `// mutate: equivalent, because ...`: a mutant that an author argues away, on its line or on the one before. */
import type { Comment } from '../../source/syntax.ts'
import type { Operator } from './mutant.ts'

export interface EquivalenceComment {
  /** The lines that it is about, counted from 1. */
  readonly lines: readonly number[]
  /** What it is about: `equivalent (drop guard, flip comparison), because ...`. None: the one operator that the line has. */
  readonly operators: readonly string[]
  readonly argument: string
}

const FORM = /^\s*mutate: equivalent(?: \(([\w ,]+)\))?,? because (.+)$/s

/** A comment of several lines goes on in the lines below it, as long as they are comments. */
export function argumentsIn(comments: readonly Comment[], text: string): EquivalenceComment[] {
  const lines = text.split('\n')
  return comments.flatMap((comment, at) => {
    const [, operators, begun] = FORM.exec(comment.text) ?? []
    if (begun === undefined) return []
    let last = comment.last
    let argument = begun.trim()
    const standsAlone = /^\s*\/[/*]/.test(lines[comment.first - 1]!)
    for (const more of standsAlone ? comments.slice(at + 1) : []) {
      if (more.first !== last + 1 || !/^\s*\/\//.test(lines[more.first - 1]!) || FORM.test(more.text)) break
      argument = `${argument} ${more.text.trim()}`
      last = more.last
    }
    const about = standsAlone ? nextCodeLine(lines, last) : comment.first
    return [{ lines: [about], argument, operators: operators?.split(/\s*,\s*/) ?? [] }]
  })
}

/** Counted from 1. Other comments may stand between. */
function nextCodeLine(lines: readonly string[], last: number): number {
  let at = last
  while (at < lines.length && /^\s*(\/\/.*)?$/.test(lines[at]!)) at++
  return at + 1
}

export const argumentAt = (
  comments: readonly EquivalenceComment[],
  line: number,
  operator: Operator,
): EquivalenceComment | undefined =>
  comments.find(
    ({ lines, operators }) => lines.includes(line) && (operators.length === 0 || operators.includes(operator)),
  )
