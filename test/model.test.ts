import { expect, it } from 'vitest'
import { disabled } from '../src/model.ts'

it('a guard that fails says so to every copy of the library', async () => {
  const another = '../src/model.ts?another-copy'
  const copy: typeof import('../src/model.ts') = await import(/* @vite-ignore */ another)
  expect(copy).not.toBe(await import('../src/model.ts'))
  expect(copy.disabled).toBe(disabled)
})
