/** A table of two million pairs. */
import { it } from 'vitest'
import { pairTableAgrees } from '../engine/store/tables-agree.ts'

it('a table of pairs agrees with a Map', () => pairTableAgrees(2_000_000, 997_023))
