/** The clients of examples/db-lock on a real PostgreSQL do what specs/db-lock has them do; those with mistakes do not. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Disagreement } from 'splitbrain/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Idea, type Mistake, TABLE } from '../../examples/db-lock/client.ts'
import { Connection } from '../../examples/db-lock/connection.ts'
import { driveDbLock } from '../../examples/db-lock/drive.ts'
import { newFolder } from '../new-folder.ts'
import { eventually, freePort, programNamed, type Running, running } from '../real/server.ts'

const LIBRARY = '/usr/lib/postgresql'
const versions = programNamed('postgresql', ['/usr/lib']) === undefined ? [] : readdirSync(LIBRARY)
const bin = versions.map((version) => join(LIBRARY, version, 'bin')).at(-1)
const title = bin === undefined ? ' (does not run: there is none; apt-get install postgresql)' : ''

describe.skipIf(bin === undefined)(`on a real PostgreSQL${title}`, () => {
  const folder = newFolder()
  const open = () => Connection.to(port, 'postgres')
  let port: number
  let server: Running
  let watcher: Connection

  beforeAll(async () => {
    // PostgreSQL does not run as root: then it runs as the user that its package brings along
    const isRoot = process.getuid?.() === 0
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    const user = isRoot ? { uid: id('-u'), gid: id('-g') } : {}
    const data = join(folder, 'data')
    mkdirSync(data)
    if (user.uid !== undefined) {
      chownSync(data, user.uid, user.gid)
      for (const way of [folder, dirname(folder)]) chmodSync(way, 0o755)
    }
    execFileSync(join(bin!, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-N'], { ...user, stdio: 'pipe' })
    port = await freePort()
    const settings = ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`]
    server = running(join(bin!, 'postgres'), ['-D', data, '-p', String(port), ...settings], data, user)
    watcher = await eventually(open)
    await watcher.query(TABLE)
  })

  afterAll(async () => {
    watcher?.close()
    await server?.stop()
  })

  const IDEAS: readonly (readonly [Idea, number, number])[] = [
    ['row', 36, 102],
    ['owner-row', 46, 138],
    ['for-update', 40, 128],
  ]

  it.each(IDEAS)('%s takes every step as the model has it', async (idea, runs, steps) => {
    const driven = await driveDbLock(watcher, open, idea)
    expect([driven.runs, driven.covered!.count, driven.covered!.of, driven.neverDone]).toEqual([runs, steps, steps, []])
  })

  /** To delete without comparing the owner is none here: without an end by time, who releases owns the row. */
  const MISTAKES: readonly (readonly [Mistake, Idea, number, string])[] = [
    ['keeps the row', 'row', 2, 'row is null, the system shows {count 1, owner c2}'],
    ['keeps the row', 'for-update', 2, 'row is null, which the system rules out'],
    ['takes what is taken', 'row', 2, 'row.owner is c1, the system shows c2; c2.at is idle, the system shows holding'],
    ['counts nothing', 'owner-row', 3, 'row.count is 2, the system shows 1'],
  ]

  it.each(MISTAKES)('a client with the mistake %s, of %s, is found', async (mistake, idea, steps, told) => {
    const found = await driveDbLock(watcher, open, idea, { mistake }).catch((thrown: unknown) => thrown)
    expect(found).toBeInstanceOf(Disagreement)
    expect([(found as Disagreement).steps, (found as Disagreement).against.join()]).toEqual([steps, told])
  })
})
