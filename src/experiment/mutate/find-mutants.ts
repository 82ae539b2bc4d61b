/**
 * Every mutant of a protocol's text. The text is read as a tree, from the outside in; what a seeded bug does is passed
 * over, and so is what is declared, but for what is durable.
 */
import { childrenOf, type Node, sourceOf } from '../../source/syntax.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { bookkeepingIn } from './bookkeeping.ts'
import { argumentAt, argumentsIn, type EquivalenceComment } from './equivalence.ts'
import { declarationMutants } from './in-declarations.ts'
import { expressionMutants, passedOver } from './in-expressions.ts'
import { handlerMutants } from './in-handlers.ts'
import { messageFields, messageMutants } from './in-messages.ts'
import { propertyMutants } from './in-properties.ts'
import { statementMutants } from './in-statements.ts'
import type { Change, Mutant, Piece } from './mutant.ts'
import type { Place } from './place.ts'
import { bugNames, forPropertiesOnly, isCallTo, isPropertiesField, nameOf, withoutBugs } from './scopes.ts'
import { switched } from './switched.ts'
import { gatesIn, partsBehind } from './variants.ts'

export interface Found {
  readonly mutants: readonly Mutant[]
  /** The text with all of them in it, switched off. */
  readonly text: string
  /** Arguments for mutants that there are not. */
  readonly idle: readonly EquivalenceComment[]
}

/**
 * @param first the key of the first mutant.
 * @throws SplitbrainError `bad-protocol` for what is no TypeScript, and where it is not clear what an argument is about
 */
export function findMutants(file: string, text: string, first = 1): Found {
  const source = sourceOf(text)
  if (source === undefined) {
    throw new SplitbrainError(
      'bad-protocol',
      `${file} cannot be read as TypeScript; mend its syntax first: npx tsc --noEmit`,
    )
  }
  const { program, comments } = source
  const equivalences = argumentsIn(comments, text)
  const argued = new Map<EquivalenceComment, Set<string>>(equivalences.map((comment) => [comment, new Set()]))
  const mutants: Mutant[] = []
  const pieces: Piece[] = []
  const bugs = bugNames(program)
  const asked = forPropertiesOnly(program)
  const messages = messageFields(program, text)
  const books = bookkeepingIn({ program, comments, text }, asked)
  const placeOf = (isOfProperty: boolean, isInBooks = false): Place => ({
    text,
    bugs,
    isOfProperty,
    add(operator, made, change, property) {
      const key = first + mutants.length
      const shown = shownChange(text, change)
      const equivalence = argumentAt(equivalences, shown.line, operator)
      if (equivalence !== undefined) argued.get(equivalence)!.add(operator)
      pieces.push(...made(key))
      mutants.push({
        key,
        operator,
        file,
        isOfProperty: isOfProperty || isInBooks,
        ...shown,
        ...(property !== undefined && { property }),
        ...(equivalence && { argument: equivalence.argument }),
      })
    },
  })
  const gates = new Set<Node>()
  const [code, property, inBooks] = [placeOf(false), placeOf(true), placeOf(false, true)]
  const visit = (node: Node, place: Place): void => {
    const here = asked.has(node) ? property : books.has(node) ? inBooks : place
    if (isCallTo(node, ['declare', 'protocol'])) {
      const [declaration, ...rest] = node.arguments as Node[]
      if (declaration?.type === 'ObjectExpression')
        declarationMutants(declaration, (field) => (books.has(field) ? inBooks : here))
      for (const part of rest) visit(part, here)
      return
    }
    if (isPropertiesField(node)) {
      propertyMutants(node.value as Node, property)
      for (const field of (node.value as Node).properties as Node[]) {
        for (const question of partsBehind(field)) visit(question, property)
      }
      return
    }
    if (isSkipped(node)) return
    for (const gate of gatesIn(node)) gates.add(gate)
    if (gates.has(node)) {
      for (const part of partsBehind(node)) visit(part, here)
      return
    }
    if (!here.isOfProperty) {
      handlerMutants(node, here)
      statementMutants(node, here)
      messageMutants(node, messages, here)
    }
    expressionMutants(node, here)
    for (const child of livePartsOf(node, bugs)) visit(child, here)
  }
  visit(program, code)
  refuseVague(file, argued)
  const isIdle = ([{ operators }, found]: readonly [EquivalenceComment, ReadonlySet<string>]) =>
    found.size === 0 || operators.some((operator) => !found.has(operator))
  return { mutants, text: switched(text, pieces), idle: [...argued].filter(isIdle).map(([comment]) => comment) }
}

/** An argument for everything that can be done to a line would excuse what it does not argue. */
function refuseVague(file: string, argued: ReadonlyMap<EquivalenceComment, ReadonlySet<string>>): void {
  for (const [{ lines, operators }, found] of argued) {
    if (operators.length > 0 || found.size < 2) continue
    throw new SplitbrainError(
      'bad-protocol',
      `${file}:${lines[0]} has mutants of several kinds, and what is argued there does not say of which; write those that ` +
        `it is about: mutate: equivalent (${[...found].join(', ')}), because ...`,
    )
  }
}

/** Bounds of the model and of its search, and no part of what the protocol does. */
const NOT_MUTATED = ['requires', 'population', 'mostDown', 'cuts', 'parameters', 'constraint', 'view']

export function isSkipped(node: Node): boolean {
  if (node.type.startsWith('TS')) return !/^TS(As|NonNull|Satisfies)Expression$/.test(node.type)
  if (node.type === 'ImportDeclaration' || node.type === 'TemplateLiteral') return true
  return node.type === 'ObjectProperty' && NOT_MUTATED.includes(nameOf(node.key as Node) ?? '')
}

/** What is run where no bug is seeded. */
export function livePartsOf(node: Node, bugs: Place['bugs']): readonly Node[] {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
    const way = withoutBugs(node.test as Node, bugs)
    const [taken, other] = [node.consequent as Node, node.alternate as Node | null]
    if (way !== undefined) return way ? [taken] : other === null ? [] : [other]
  }
  if (node.type === 'LogicalExpression') {
    const way = withoutBugs(node.left as Node, bugs)
    if (way === (node.operator === '||')) return []
  }
  return passedOver(node) ?? childrenOf(node)
}

/** The lines of a change, before and after it. */
function shownChange(text: string, change: readonly Change[]): Pick<Mutant, 'line' | 'before' | 'after'> {
  const sorted = [...change].sort((a, b) => a.start - b.start)
  const from = text.lastIndexOf('\n', sorted[0]!.start - 1) + 1
  const last = Math.max(sorted.at(-1)!.end, sorted.at(-1)!.start)
  const end = text.indexOf('\n', last)
  const to = end < 0 ? text.length : end
  let after = ''
  let at = from
  for (const { start, end: stop, text: other } of sorted) {
    after += text.slice(at, start) + other
    at = stop
  }
  const [old, made] = [linesOf(text.slice(from, to)), linesOf(after + text.slice(at, to))]
  const line = text.slice(0, sorted[0]!.start).split('\n').length
  return { line, before: old, after: made.filter((told) => told.trim() !== '') }
}

const linesOf = (text: string): string[] => text.split('\n')
