/** Branches: which there are, which are never taken, and how they are told. */
import { describe, expect, it } from 'vitest'
import { branchText, coveragePage, coverageText } from '../../src/experiment/coverage/coverage-text.ts'
import { findBranches, neverTaken } from '../../src/experiment/coverage/find-branches.ts'
import { unreadFields } from '../../src/experiment/coverage/unread-fields.ts'

const inAction = (body: string) =>
  `export default protocol({ name: 'p' }, ({ n }, bug) => ({ actions: { s: { go(me) { ${body} } } }, properties: {} }))`
const told = (text: string) => findBranches('/p.ts', text).branches.map(branchText)
const withoutHead = (text: string) => text.replace(/^const .*?; /, '')

describe('branches', () => {
  it.each<[body: string, branches: string[]]>([
    ['me.n = 1', ['never run: go']],
    ['if (me.n > 1) return disabled', ['never run: go', 'never true: me.n > 1', 'never false: me.n > 1']],
    ['me.n = me.a ? 1 : 2', ['never run: go', 'never true: me.a', 'never false: me.a']],
    [
      'if (me.a && me.b) me.n = 1',
      ['never run: go', 'never true: me.a && me.b', 'never false: me.a && me.b', 'never looked at: me.b'],
    ],
    ['if (bug.late) me.n = 1', ['never run: go']],
    [
      'if (bug.late || me.a) me.n = 1',
      ['never run: go', 'never true: bug.late || me.a', 'never false: bug.late || me.a', 'never looked at: me.a'],
    ],
  ])('of %s', (body, branches) => expect(told(inAction(body))).toEqual(branches))

  it('are none where only parameters are looked at, or where something is asked', () => {
    expect(told('const q = n > 1 ? a : b')).toEqual([])
    expect(
      told(
        "protocol({}, ({ n }) => ({ population: { s: n > 1 ? 1 : 2 }, properties: { p: always('', (s) => a || b) } }))",
      ),
    ).toEqual([])
  })

  it('have a mark each, and lines stay where they are', () => {
    const { text } = findBranches('/p.ts', inAction('\nif (me.a) return disabled\nelse me.n = me.b ? 1 : 2\n'))
    expect(withoutHead(text)).toBe(
      inAction('').replace(
        'go(me) {  }',
        'go(me) { $mutant(1); \nif (me.a) { $mutant(2); return disabled }\nelse { $mutant(3); me.n = me.b ? ($mutant(4), (1)) : ($mutant(5), (2)) }\n }',
      ),
    )
  })

  it('within one that is never taken are not told', () => {
    const { branches } = findBranches('/p.ts', inAction('if (me.a) { if (me.b) me.n = 1 }'))
    expect(neverTaken(branches, new Set([1, 3])).map(branchText)).toEqual(['never true: me.a'])
    expect(neverTaken(branches, new Set()).map(branchText)).toEqual(['never run: go'])
    expect(neverTaken(branches, new Set([1, 2, 3, 4, 5]))).toEqual([])
  })
})

it('knows fields of messages that nothing reads', () => {
  const text = `export default () => { m.a; const { b: x } = m; f(m['c']); send({ d: 1 }) }`
  expect(unreadFields({ M: { a: 1, b: 1, c: 1, d: 1 } }, new Map([['/p.ts', text]]))).toEqual([
    { message: 'M', field: 'd' },
  ])
})

describe('what is never taken', () => {
  const text = inAction('if (me.a < 1) return')
  const { branches } = findBranches('/p.ts', text)
  const covered = {
    ...{ protocol: 'p', heading: 'p · n 2', texts: new Map([['/p.ts', text]]), branches, isWhole: true },
    ...{ never: neverTaken(branches, new Set([1, 3])), unread: [{ message: 'Vote', field: 'term' }] },
  }

  it('is told line by line', () => {
    const [heading, line, field, all] = coverageText(covered, 100).split('\n')
    expect(heading).toBe('p · n 2')
    expect(line).toMatch(/p\.ts:1 {2}never true: me\.a < 1$/)
    expect(field).toBe('  ! Vote.term is sent, and nothing reads it')
    expect(all).toBe('✗ 2 of 3 branches are taken.')
    expect(coverageText({ ...covered, isWhole: false }, 100)).toContain(
      '? 2 of 3 branches are taken so far; the search was cut short.',
    )
    expect(coverageText({ ...covered, never: [] }, 100)).toContain('✓ 3 of 3 branches are taken.')
  })

  it('is marked on a page', () => {
    const page = coveragePage(covered)
    expect(page).toContain('<span class="never">')
    expect(page).toContain('<em>✗ never true: me.a &lt; 1</em>')
    expect(page).not.toContain('<script')
  })
})
