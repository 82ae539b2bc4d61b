/** docs/drive.md is true: its files are saved side by side and run, and say what it says they do. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Disagreement, type Driven } from 'splitbrain/testing'
import { beforeAll, expect, it } from 'vitest'
import { runHere } from '../cli/run-here.ts'
import { blocksOf, textOf } from '../docs/page.ts'
import { newFolder } from '../new-folder.ts'

type Server = new () => { handle(what: string, client: string): void }

const PAGE = 'docs/drive.md'
const shown = [...textOf(PAGE).matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, text]) => text!)
const folder = newFolder()
let driveLock: (server?: Server) => Promise<Driven>

beforeAll(async () => {
  await runHere(['init', join(folder, 'lock.ts')])
  for (const block of blocksOf(PAGE)) if (block.kind === 'saves') writeFileSync(join(folder, block.file), block.text)
  driveLock = (await import(join(folder, 'lock.drive.ts'))).driveLock
})

it('drives its server', async () => expect((await driveLock()).text).toBe(shown[0]))

it('finds the server that keeps its lock', async () => {
  const { LockServer } = (await import(join(folder, 'server.ts'))) as { LockServer: Server }
  class Stubborn extends LockServer {
    override handle(what: string, client: string): void {
      if (what !== 'release') super.handle(what, client)
    }
  }
  const found = await driveLock(Stubborn).catch((thrown: unknown) => thrown)
  expect(found).toBeInstanceOf(Disagreement)
  expect((found as Disagreement).message).toBe(shown[1])
})

it('has clients at once', async () => {
  const { store } = await import(join(folder, 'store.ts'))
  let value = 0
  const put = async (next: number) => {
    value = next
  }
  expect(await store(put, async () => value)).toEqual({ runs: 10, operations: 600, unknown: 0 })
})
