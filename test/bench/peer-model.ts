/** A model that SPIN and Rumur know, too: in a folder of `models/`, action by action as we have it. */
import { fileURLToPath } from 'node:url'

export interface PeerModel {
  /** Its folder. */
  readonly name: string
  /** As options of `verify`. The peers' texts have the same names in capitals. */
  readonly parameters: Readonly<Record<string, number>>
  /** How many distinct states there are, roughly where it is not known: how large SPIN's hash table is depends on it. */
  readonly distinct: number
  /** A bound of the steps on a path that does not return, where it is above SPIN's own, 10,000. */
  readonly depth?: number
}

export const textOf = ({ name }: PeerModel, ending: 'pml' | 'm'): string =>
  fileURLToPath(new URL(`models/${name}/model.${ending}`, import.meta.url))

/** Their names as the peers have them. */
export const constantsOf = ({ parameters }: PeerModel): [name: string, value: number][] =>
  Object.entries(parameters).map(([name, value]) => [name.toUpperCase(), value])

/** Gray & Lamport's two-phase commit: with 8 resource managers 1,745,408 states, and about six times as many with one more. */
export const peerCommit = (rms: number): PeerModel => ({
  name: 'two-phase-commit',
  parameters: { rms },
  distinct: 1_745_408 * 6 ** (rms - 8),
})
