/** The pages are true: their commands print what they say, their changes can be made, and their links lead somewhere. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runHere } from '../cli/run-here.ts'
import { newFolder } from '../new-folder.ts'
import { assertTranscript } from './assert-transcript.ts'
import { follower } from './follower.ts'
import { type Block, blocksOf, CLONE, PAGES, takesSeconds, textOf } from './page.ts'

const { scripts } = JSON.parse(readFileSync(join(CLONE, 'package.json'), 'utf8'))

describe.each(PAGES)('%s', (page) => {
  const folder = newFolder()
  const lock = join(folder, 'lock.ts')
  const follow = follower(folder)

  beforeAll(async () => {
    if (page !== 'README.md') await runHere(['init', lock]) // the README has its reader do that
  })

  const blocks = blocksOf(page).filter((block) => block.kind !== 'transcript' || !takesSeconds(block))
  for (const block of blocks) {
    it(titleOf(block), async () => {
      if (block.kind === 'transcript') await assertTranscript(block, folder)
      else follow(block)
    })
  }

  it('links to files and headings that exist', () => {
    const targets = [...textOf(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!)
    expect(targets.filter((target) => !leadsSomewhere(page, target))).toEqual([])
  })

  it('names scripts that exist', () => {
    const named = [...textOf(page).matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script!)
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })
})

it('has transcripts, and a README of some two hundred lines', () => {
  expect(PAGES.flatMap(blocksOf).filter(({ kind }) => kind === 'transcript').length).toBeGreaterThan(15)
  expect(textOf('README.md').split('\n').length - 1).toBeLessThanOrEqual(210)
})

function titleOf(block: Block): string {
  if (block.kind === 'transcript') return `verify ${block.command}`
  return `${block.kind} ${block.kind === 'saves' ? block.file : 'a line of lock.ts'}`
}

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
