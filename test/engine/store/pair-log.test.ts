import { readdirSync } from 'node:fs'
import { expect, it, onTestFinished, vi } from 'vitest'
import { PairLog } from '../../../src/engine/store/pair-log.ts'
import { seeded } from '../../../src/engine/walks/random.ts'
import { newFolder } from '../../new-folder.ts'

const leftAt = (id: number) => Math.imul(id, 3)
const rightAt = (id: number) => 0x7fffffff - id

it('gives back a million pairs, in order and at random, in 4 MB, and leaves nothing on disk', () => {
  const folder = newFolder()
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  const log = new PairLog()
  const pairs = 1_000_003
  const reader = { left: new Int32Array(64), right: new Int32Array(64) }
  for (let id = 0; id < pairs; id++) {
    log.append(leftAt(id), rightAt(id))
    if (log.leftOf(id) !== leftAt(id)) expect.unreachable(`id ${id}, at once`)
    if (id % 64 !== 63) continue
    const first = (id >>> 1) - 31
    log.read(first, 64, reader.left, reader.right) // as a search does: some way behind what it writes
    for (let i = 0; i < 64; i++) {
      if (reader.left[i] !== leftAt(first + i) || reader.right[i] !== rightAt(first + i)) {
        expect.unreachable(`id ${first + i}, behind`)
      }
    }
  }
  const random = seeded(1)
  for (let i = 0; i < 300; i++) {
    const id = Math.floor(random() * pairs)
    expect([log.leftOf(id), log.rightOf(id)]).toEqual([leftAt(id), rightAt(id)])
  }
  expect(log.size).toBe(pairs)
  expect(log.bytes).toBe(2 ** 22)
  expect(readdirSync(folder)).toEqual([])
  log.close()
  log.close()
})

it('says where there was no room', () => {
  const { TMPDIR } = process.env
  process.env.TMPDIR = '/nowhere'
  try {
    const log = new PairLog()
    const fill = () => {
      for (let id = 0; id < 2 ** 16; id++) log.append(id, id)
    }
    expect(fill).toThrow('the states of a compact store cannot be written to /nowhere (ENOENT')
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
})
