/** Tables of two million pairs. */
import { it } from 'vitest'
import { pairTableAgrees, visitedWordsAgree } from '../engine/store/tables-agree.ts'

it('a table of pairs agrees with a Map', () => pairTableAgrees(2_000_000, 997_023))

it('visited words agree with a Map', () => visitedWordsAgree(2_000_000, 997_023))
