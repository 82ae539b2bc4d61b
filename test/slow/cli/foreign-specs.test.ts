/** A trace from elsewhere names the protocol's file: which files are run for it, and which are not. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerify } from '../../cli/run-verify.ts'
import { UNBOUNDED } from '../../cli/unbounded.ts'
import { newFolder } from '../../new-folder.ts'

const root = newFolder()
const project = join(root, 'project')
const evidence = join(root, 'it-ran')
const SAVED = 'counterexamples/unbounded-small.json'

const OWN = UNBOUNDED.replace('shared.n >= 0', 'shared.n < 2')

/** A protocol that leaves evidence of having been run. */
const EVIL = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(evidence)}, '')\n${OWN}`

beforeAll(async () => {
  mkdirSync(join(project, 'specs'), { recursive: true })
  writeFileSync(join(root, 'evil.ts'), EVIL)
  writeFileSync(join(project, 'own.ts'), OWN)
  symlinkSync(join(root, 'evil.ts'), join(project, 'link.ts'))
  symlinkSync(root, join(project, 'specs', 'up'))
  await runVerify(project, ['own.ts', '--max-states', '10', '--property', 'small', '--quiet'])
})
afterAll(() => rmSync(root, { recursive: true }))

/** The saved trace under another name, with other words about its protocol. */
function withOrigin(name: string, origin: { readonly protocol?: string; readonly spec?: string | undefined }): string {
  const { format, version, checksum: _, ...content } = JSON.parse(readFileSync(join(project, SAVED), 'utf8'))
  const edited = JSON.parse(JSON.stringify({ ...content, ...origin }))
  const checksum = `sha256:${createHash('sha256').update(JSON.stringify(edited)).digest('hex')}`
  writeFileSync(join(project, name), JSON.stringify({ format, version, ...edited, checksum }))
  return name
}

describe('the file that a trace names', () => {
  it('is run where it lies in the project, and said', async () => {
    const { stdout } = await runVerify(project, ['replay', SAVED, '--expect', 'violated'])
    expect(stdout.split('\n')[0]).toBe(`✓ ${SAVED}: reproduced with own.ts`)
  })

  it.each([
    ['a path out of the project', { spec: '../evil.ts' }],
    ['an absolute path', { spec: join(root, 'evil.ts') }],
    ['a link out of the project', { spec: 'link.ts' }],
    ['a folder that is a link', { spec: 'specs/up/evil.ts' }],
  ])('is not run where it is %s', async (_, origin) => {
    const file = withOrigin('foreign.json', origin)
    for (const command of [
      ['replay', file],
      ['diff', SAVED, file],
    ]) {
      const { code, stderr } = await runVerify(project, command)
      expect([code, stderr]).toEqual([
        2,
        `verify: foreign.json: it names the protocol in ${join(project, origin.spec).replace(join(project, root), root)}, ` +
          'which is outside of the working directory, and is not run unless you name it. If you trust that file, give it with --protocol FILE',
      ])
    }
    await runVerify(project, ['inspect', file])
    expect(existsSync(evidence)).toBe(false)
  })

  it('is run where it is named on the command line, as the last line of a search says', async () => {
    const file = withOrigin('foreign.json', { spec: '../evil.ts' })
    const { code } = await runVerify(project, ['replay', file, '--protocol', '../evil.ts'])
    expect([code, existsSync(evidence)]).toEqual([1, true])
    const { stdout } = await runVerify(project, ['../evil.ts', '--max-states', '10', '--out', 'evil', '--quiet'])
    const spec = join(root, 'evil.ts')
    expect(stdout.split('\n').at(-1)).toBe(`verify replay evil/unbounded-small.json --protocol ${spec}`)
    rmSync(evidence)
  })

  it('is not meant by the name of the protocol, which is that of one that comes with splitbrain', async () => {
    const file = withOrigin('path.json', { protocol: '../evil.ts', spec: undefined })
    const { code, stderr } = await runVerify(project, ['replay', file])
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'verify: path.json: there is no protocol or command ../evil.ts'])
    expect(existsSync(evidence)).toBe(false)
  })
})
