/** Where an error out of a user's file came from, and what to do about it. */
import { relative } from 'node:path'
import { expect, it } from 'vitest'
import { whatWasThrown } from '../../src/load/what-was-thrown.ts'

const thrownWith = (error: Error, stack: string) => Object.assign(error, { stack })

it('is the line of the file that was run, which can be clicked on', () => {
  const error = thrownWith(
    new Error('no'),
    'Error: no\n    at f (file:///work/lib.ts:1:2)\n    at /work/a/lock.ts:12:5',
  )
  expect(whatWasThrown(error, '/work/a/lock.ts')).toBe(`Error: no (at ${relative('', '/work/a/lock.ts')}:12:5)`)
})

it('says that a name may not be imported', () => {
  const error = thrownWith(new ReferenceError('canAlways is not defined'), '')
  expect(whatWasThrown(error, undefined)).toBe('ReferenceError: canAlways is not defined; is it imported?')
})

it('is the import of what is not exported, in whatever file that is', () => {
  const message = "The requested module './b.ts' does not provide an export named 'c'"
  const error = thrownWith(new SyntaxError(message), `file:///work/a/helper.ts:3\nimport { c } from './b.ts'`)
  const place = `${relative('', '/work/a/helper.ts')}:3`
  expect(whatWasThrown(error, '/work/a/lock.ts')).toBe(`SyntaxError: ${message} (at ${place})`)
})

it.each([
  'Cannot use import statement outside a module',
  'Cannot require() ES Module /work/a/lock.js in a cycle.',
  "Unexpected token 'export'",
])('says what to do where JavaScript is taken for CommonJS: %s', (message) => {
  const told = whatWasThrown(thrownWith(new SyntaxError(message), ''), '/work/a/lock.js')
  expect(told.split('\n')[1]).toBe(
    'It is taken for CommonJS, since the nearest package.json does not say otherwise; call it lock.mjs or lock.ts, or: npm pkg set type=module',
  )
  expect(whatWasThrown(thrownWith(new SyntaxError(message), ''), '/work/a/lock.mjs')).toBe(`SyntaxError: ${message}`)
})
