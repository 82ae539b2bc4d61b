/**
 * The score of the corpus: which share of the mistakes in a protocol its own properties notice, printed and held exactly.
 * Whoever weakens a property, or what mutants are made of, sees it here. Small protocols only: of them a mutant costs a
 * fraction of a second, and a shard has one or two. No search of theirs is cut by time, so that a busy machine has the
 * same score.
 */
import { expect, it } from 'vitest'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

interface Told {
  readonly verdict: string
  readonly isOfProperty: boolean
  readonly argument?: string
}

it.each<[protocol: string, noticed: number, survived: number, unknown: number, argued: number]>([
  ['central-mutex', 48, 0, 0, 2],
  ['check-quorum', 47, 0, 0, 3],
  ['check-quorum-links', 48, 0, 0, 2],
  ['mq-transaction', 152, 0, 0, 5],
  ['mq-transaction-warehouse', 57, 0, 0, 0],
  ['outbox', 47, 0, 0, 1],
  ['paxos', 110, 0, 0, 13],
  ['peterson', 16, 0, 0, 0],
  ['pre-vote', 41, 0, 0, 0],
  ['saga', 80, 0, 0, 0],
  ['saga-workflow', 69, 0, 0, 6],
  ['tcc', 94, 0, 0, 4],
  ['token-ring', 61, 0, 0, 8],
  ['two-phase-commit-plain', 33, 0, 0, 1],
])(
  '%s: of its mistakes %i are noticed, %i survive, %i are unknown and %i argued away',
  async (protocol, noticed, survived, unknown, argued) => {
    const { stdout, stderr } = await runVerify(newFolder(), ['mutate', protocol, '--timeout', '30m', '--json'])
    expect(stderr).toBe('')
    const { mutants } = JSON.parse(stdout) as { readonly mutants: readonly Told[] }
    const ofCode = mutants.filter(({ isOfProperty }) => !isOfProperty)
    const isArguedAway = ({ verdict, argument }: Told) => argument !== undefined && verdict !== 'noticed'
    const count = (verdict: string) => ofCode.filter((one) => one.verdict === verdict && !isArguedAway(one)).length
    const counts = [count('noticed'), count('survived'), count('unknown'), ofCode.filter(isArguedAway).length]
    const share = (100 * count('noticed')) / (count('noticed') + count('survived'))
    console.log(`${protocol}: ${share.toFixed(1)} % of ${count('noticed') + count('survived')} mistakes are noticed`)
    expect(counts).toEqual([noticed, survived, unknown, argued])
  },
)
