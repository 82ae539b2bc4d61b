/** Where the text of a protocol stands. */
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { placeOfProtocol } from '../../src/load/source-file.ts'

it.each(Object.entries(corpus))('%s is exported where it is said to be', async (name, { protocol }) => {
  const { file, exported } = placeOfProtocol(name)
  const module: Record<string, unknown> = await import(file)
  expect(module[exported]).toBe(await protocol())
})

it('a file exports it by default', () => {
  expect(placeOfProtocol('./lock.ts')).toEqual({ file: resolve('lock.ts'), exported: 'default' })
})
