/** Histories of others, which are not part of this repository: of Porcupine's tests and of Knossos', verdict by verdict. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readAs } from '../../src/history/files/read-as.ts'
import { readHistory } from '../../src/history/files/read-history.ts'
import { linearize } from '../../src/history/linearize.ts'
import { objectNamed } from '../../src/history/object-named.ts'
import { newFolder } from '../new-folder.ts'

const data = fileURLToPath(new URL('../../../shared/data/histories/', import.meta.url))

function unpacked(archive: string): string {
  const folder = newFolder()
  execFileSync('tar', ['xzf', `${data}${archive}.tar.gz`, '-C', folder])
  return join(folder, archive)
}

function verdict(file: string, model: 'kv' | 'cas-register', isNilUnknown = false): string {
  const object = objectNamed(model, undefined, model === 'kv')
  const read = readHistory(file, { keyed: false, ignored: [] })
  return linearize(object, readAs(object, read, { where: file, isNilUnknown })).verdict
}

describe.skipIf(!existsSync(data))('linearizable, as published:', () => {
  it('the registers of etcd', () => {
    const folder = unpacked('porcupine')
    const expected = readFileSync(join(folder, 'expected.txt'), 'utf8').trim().split('\n')
    const found = expected
      .map((line) => line.split(' ')[0]!)
      .map((name) => `${name} ${verdict(join(folder, name), 'cas-register')}`)
    expect(found).toEqual(expected)
    expect(expected).toHaveLength(68)
  })

  it.each([
    ['c01-ok', 'holds'],
    ['c01-bad', 'violated'],
    ['c10-ok', 'holds'],
    ['c50-ok', 'holds'],
    ['c50-bad', 'violated'],
  ])('the key-value store of 1 to 50 clients, %s', (name, expected) => {
    expect(verdict(join(unpacked('porcupine'), `${name}.txt`), 'kv')).toBe(expected)
  })

  it.each([
    ['good', 'holds', 76],
    ['bad', 'violated', 6],
  ])('the %s registers of Knossos', (folder, expected, files) => {
    const all = join(unpacked('knossos'), 'cas-register', folder)
    const found = readdirSync(all).map((name) => [name, verdict(join(all, name), 'cas-register', true)])
    expect(found.filter(([, each]) => each !== expected)).toEqual([])
    expect(found).toHaveLength(files)
  })
})
