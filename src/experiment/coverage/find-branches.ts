/**
 * The branches of what processes do: both ways of a condition, the second operand of `&&` and `||`, the bodies of functions. Each
 * is marked in a copy of the text, and a mark that was never asked in a whole search is a branch that is never taken: bodies are
 * pure, and each is run at least once for whatever it can look at. What is asked of a protocol has no branches here, nor has what
 * a seeded bug does.
 */
import { lineOf, type Node, sourceOf } from '../../source/syntax.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { isSkipped, livePartsOf } from '../mutate/find-mutants.ts'
import { type Piece, SWITCH } from '../mutate/mutant.ts'
import { bugNames, forPropertiesOnly, isCallTo, isPropertiesField, nameOf, withoutBugs } from '../mutate/scopes.ts'
import { switched } from '../mutate/switched.ts'

/** `when`, `otherwise`: the ways of a condition. `operand`: the second one. `body`: of a function. */
export interface Branch {
  readonly key: number
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly kind: 'when' | 'otherwise' | 'operand' | 'body'
  /** The condition, the operand, or the name of the function. */
  readonly text: string
  /** The branch that this one is within. */
  readonly within?: number
}

export interface Branches {
  readonly branches: readonly Branch[]
  /** The text with a mark in each. */
  readonly text: string
}

/** @param first the key of the first branch. @throws SplitbrainError `bad-protocol` for what is no TypeScript */
export function findBranches(file: string, text: string, first = 1): Branches {
  const program = sourceOf(text)?.program
  if (program === undefined) {
    throw new SplitbrainError(
      'bad-protocol',
      `${file} cannot be read as TypeScript; mend its syntax first: npx tsc --noEmit`,
    )
  }
  const finder = new Finder(file, text, first, program)
  finder.visit(program, { isBody: false })
  return { branches: finder.branches, text: switched(text, finder.pieces) }
}

/** Where a node stands: the branch that it is in, and whether it is in the body of anything. */
interface Place {
  readonly within?: number
  readonly isBody: boolean
}

class Finder {
  readonly branches: Branch[] = []
  readonly pieces: Piece[] = []
  readonly #bugs: ReturnType<typeof bugNames>
  readonly #asked: ReadonlySet<Node>
  readonly #definition: Node | undefined

  constructor(
    readonly file: string,
    readonly text: string,
    readonly first: number,
    program: Node,
  ) {
    this.#bugs = bugNames(program)
    this.#asked = forPropertiesOnly(program)
    this.#definition = definitionIn(program)
  }

  visit(node: Node, place: Place): void {
    if (isSkipped(node) || isCallTo(node, ['declare']) || isPropertiesField(node) || this.#asked.has(node)) return
    if (!place.isBody) this.#enter(node, place)
    else if (node.type === 'IfStatement') this.#condition(node, place, statement)
    else if (node.type === 'ConditionalExpression') this.#condition(node, place, expression)
    else if (node.type === 'LogicalExpression') this.#operands(node, place)
    else this.#goOn(node, place)
  }

  /** Outside of bodies only functions are looked for: what else is there depends on the parameters alone. */
  #enter(node: Node, { within }: Place): void {
    const isBody = /Function|ObjectMethod/.test(node.type) && node !== this.#definition
    const block = node.body as Node | undefined
    if (!isBody || block?.type !== 'BlockStatement') {
      this.#goOn(node, { isBody, ...(within && { within }) })
      return
    }
    const key = this.#add('body', node, functionName(node), { isBody })
    this.pieces.push({ start: block.start + 1, end: block.start + 1, open: ` ${SWITCH}(${key});`, close: '' })
    this.#goOn(node, { isBody, within: key })
  }

  #condition(node: Node, place: Place, mark: (key: number, at: Node) => Piece): void {
    const [test, taken, other] = [node.test as Node, node.consequent as Node, node.alternate as Node | null]
    if (withoutBugs(test, this.#bugs) !== undefined) {
      this.#goOn(node, place)
      return
    }
    const told = this.text.slice(test.start, test.end)
    const [when, otherwise] = [this.#add('when', test, told, place), this.#add('otherwise', test, told, place)]
    const piece = mark(when, taken)
    this.pieces.push(other === null ? { ...piece, close: ` } else { ${SWITCH}(${otherwise}) }` } : piece)
    if (other !== null) this.pieces.push(mark(otherwise, other))
    this.visit(test, place)
    this.visit(taken, { isBody: true, within: when })
    if (other !== null) this.visit(other, { isBody: true, within: otherwise })
  }

  #operands(node: Node, place: Place): void {
    const right = node.right as Node
    if (withoutBugs(node, this.#bugs) !== undefined || withoutBugs(right, this.#bugs) !== undefined) {
      this.#goOn(node, place)
      return
    }
    this.visit(node.left as Node, place)
    const key = this.#add('operand', right, this.text.slice(right.start, right.end), place)
    this.pieces.push(expression(key, right))
    this.visit(right, { isBody: true, within: key })
  }

  #goOn(node: Node, place: Place): void {
    for (const child of livePartsOf(node, this.#bugs)) this.visit(child, place)
  }

  #add(kind: Branch['kind'], node: Node, told: string, { within }: Place): number {
    const key = this.first + this.branches.length
    const text = told.replace(/\s+/g, ' ')
    this.branches.push({
      key,
      file: this.file,
      line: lineOf(node),
      kind,
      text,
      ...(within !== undefined && { within }),
    })
    return key
  }
}

const statement = (key: number, { start, end }: Node): Piece => ({
  start,
  end,
  open: `{ ${SWITCH}(${key}); `,
  close: ' }',
})

const expression = (key: number, { start, end }: Node): Piece => ({
  start,
  end,
  open: `(${SWITCH}(${key}), (`,
  close: '))',
})

/** The function that gives the definition: what it does is done once, and depends on the parameters alone. */
function definitionIn(program: Node): Node | undefined {
  const calls = (node: Node): Node[] => [
    ...(isCallTo(node, ['protocol']) ? [node] : []),
    ...livePartsOf(node, { object: undefined, names: new Set() }).flatMap(calls),
  ]
  return (calls(program)[0]?.arguments as Node[] | undefined)?.[1]
}

const functionName = (node: Node): string => nameOf((node.key ?? node.id) as Node | undefined) ?? 'a function'

/** Those never taken, without those within another one that is not. */
export function neverTaken(branches: readonly Branch[], taken: ReadonlySet<number>): Branch[] {
  return branches.filter(({ key, within }) => !taken.has(key) && (within === undefined || taken.has(within)))
}
