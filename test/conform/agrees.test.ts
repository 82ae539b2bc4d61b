import { it } from 'vitest'
import { compare } from './oracle.ts'

it('finds what the plainest search finds, of 50 random logs', { tags: 'slow' }, () => compare(50, 21))
