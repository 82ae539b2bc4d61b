/** The pages are true: their commands print what they say, their changes can be made, and their links lead somewhere. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runHere } from '../cli/run-here.ts'
import { newFolder } from '../new-folder.ts'
import { assertTranscript } from './assert-transcript.ts'
import { follower } from './follower.ts'
import { type Block, blocksOf, CLONE, PAGES, type Transcript, takesSeconds, textOf } from './page.ts'

const { scripts } = JSON.parse(readFileSync(join(CLONE, 'package.json'), 'utf8'))

describe.each(PAGES)('%s', (page) => {
  it('links to files and headings that exist', () => {
    const targets = [...textOf(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!)
    expect(targets.filter((target) => !leadsSomewhere(page, target))).toEqual([])
  })

  it('names scripts that exist', () => {
    const named = [...textOf(page).matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script!)
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })
})

/** Does what a page says, in a folder that has the lock.ts that `verify init` writes. */
async function readThrough(blocks: readonly Block[]): Promise<void> {
  const folder = newFolder()
  const follow = follower(folder)
  const writesLock = blocks.some((block) => block.kind === 'transcript' && block.command.startsWith('init'))
  if (!writesLock) await runHere(['init', join(folder, 'lock.ts')])
  for (const block of blocks) {
    if (block.kind === 'transcript') await assertTranscript(block, folder)
    else follow(block)
  }
}

describe('what a page shows is what is printed', () => {
  const quick = (page: string) => blocksOf(page).filter((block) => !isLong(block))

  it('README.md', () => readThrough(quick('README.md')))

  it.each(PAGES.filter((page) => page !== 'README.md'))('%s', { tags: 'slow' }, (page) => readThrough(quick(page)))

  const long = PAGES.flatMap((page) =>
    blocksOf(page).flatMap((block, at, all) => (isLong(block) ? [{ page, block, before: all.slice(0, at) }] : [])),
  )

  it('some of it at length', () => expect(long.length).toBeGreaterThan(1))

  it.each(long)('$page: verify $block.command', { tags: 'slow' }, ({ block, before }) =>
    readThrough([...before.filter(({ kind }) => kind !== 'transcript'), block]),
  )
})

const isLong = (block: Block): block is Transcript => block.kind === 'transcript' && takesSeconds(block)

it('has transcripts, and a README of some two hundred lines', () => {
  expect(PAGES.flatMap(blocksOf).filter(({ kind }) => kind === 'transcript').length).toBeGreaterThan(15)
  expect(textOf('README.md').split('\n').length - 1).toBeLessThanOrEqual(210)
})

function leadsSomewhere(page: string, target: string): boolean {
  if (/^https?:/.test(target)) return true
  const [path = '', heading] = target.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  return existsSync(join(CLONE, file)) && (heading === undefined || headingsOf(file).includes(heading))
}

function headingsOf(page: string): string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text!)
  return headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[?.,:]/g, '')
      .replaceAll(' ', '-'),
  )
}
