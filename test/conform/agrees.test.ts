import { it } from 'vitest'
import { compare } from './oracle.ts'

it('finds what the plainest search finds, of 50 random logs', { timeout: 120_000 }, () => compare(50, 21))
