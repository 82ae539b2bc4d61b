/** What may go wrong in a protocol, in words: `crash  server: restarts later`. */
import type { Cut } from '../language/cuts.ts'
import type { AnyDeclaration, Partition } from '../language/declaration.ts'
import { type Strike, strikesOf } from '../language/strikes.ts'

/** @param cuts those that are given, at the defaults */
export function faultTexts(
  declaration: AnyDeclaration,
  cuts?: readonly Cut[],
): (readonly [fault: string, text: string])[] {
  return strikesOf(declaration).map((strike) => [strike.fault, textOf(strike, declaration, cuts)])
}

function textOf(strike: Strike, { faults }: AnyDeclaration, cuts?: readonly Cut[]): string {
  const { fault, of } = strike
  if (fault === 'partition') return partitionText(typeof faults?.partition === 'object' ? faults.partition : {}, cuts)
  const whom = of?.join(', ') ?? 'any message'
  return fault === 'crash' ? `${whom}: ${RESTARTS[strike.restart]}` : whom
}

const RESTARTS: Readonly<Record<Strike['restart'], string>> = {
  later: 'down until it restarts',
  'at once': 'restarts at once',
  never: 'stays down',
}

function partitionText({ roles, cut = 'sides', oneWay = false, heal }: Partition, cuts?: readonly Cut[]): string {
  const what = (cut === 'sides' ? SIDES : LINKS)[Number(oneWay)]
  const among = roles === undefined ? '' : `, among ${roles.join(', ')}`
  if (cuts !== undefined)
    return `${cuts.map((each) => cutText(each, oneWay)).join(' or ')}${heal === 'never' ? ', for good' : ''}, at the defaults`
  return `${what}${among}${heal === 'never' ? ', for good' : ''}`
}

/** `n3 | n1, n2`; one way `n3 ⇸ n1, n2`. */
const cutText = (groups: Cut, oneWay: boolean): string =>
  groups.map((group) => group.join(', ')).join(oneWay ? ' ⇸ ' : ' | ')

const SIDES = ['two sides do not hear each other', 'one side is not heard, and hears']
const LINKS = ['link by link', 'link by link, one way']
