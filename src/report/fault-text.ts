/** What may go wrong in a protocol, in words: `crash  server: restarts later`. */
import type { AnyDeclaration, Partition } from '../language/declaration.ts'
import { type Strike, strikesOf } from '../language/strikes.ts'

export function faultTexts(declaration: AnyDeclaration): (readonly [fault: string, text: string])[] {
  return strikesOf(declaration).map((strike) => [strike.fault, textOf(strike, declaration)])
}

function textOf(strike: Strike, { faults }: AnyDeclaration): string {
  const { fault, of } = strike
  if (fault === 'partition') return partitionText(typeof faults?.partition === 'object' ? faults.partition : {})
  const whom = of?.join(', ') ?? 'any message'
  return fault === 'crash' ? `${whom}: ${RESTARTS[strike.restart]}` : whom
}

const RESTARTS: Readonly<Record<Strike['restart'], string>> = {
  later: 'down until it restarts',
  'at once': 'restarts at once',
  never: 'stays down',
}

function partitionText({ roles, cut = 'sides', oneWay = false, heal }: Partition): string {
  const what = cut === 'sides' ? SIDES[Number(oneWay)] : LINKS[Number(oneWay)]
  const among = roles === undefined ? '' : `, among ${roles.join(', ')}`
  return `${what}${among}${heal === 'never' ? ', for good' : ''}`
}

const SIDES = ['two sides do not hear each other', 'one side is not heard, and hears']
const LINKS = ['link by link', 'link by link, one way']
