/** A body that takes memory without end, of each kind: the verdict is unknown, soon, and what was known is told. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, runVerify } from '../cli/run-verify.ts'

const text = (doing: string) => `import { always, protocol, z } from 'splitbrain'
const digit = z.int().default(0)
export default protocol({ name: 'digits', shared: { a: digit, b: digit, c: digit } }, () => ({
  actions: {
    environment: {
      inc({ shared, choose }) {
        if (shared.a === 20) { ${doing} }
        const name = choose('digit', ['a', 'b', 'c'] as const)
        shared[name] = (shared[name] + 1) % 250
      },
    },
  },
  properties: { small: always('a is small', ({ shared }) => shared.a < 250) },
}))
`

const TAKING: Readonly<Record<string, string>> = {
  'small objects': 'const all: unknown[] = []; for (;;) all.push({ x: all.length })',
  'a list in a list': 'let list: unknown; for (;;) list = { list }',
  'long strings': "let s = 'x'; const all: string[] = []; for (;;) { s += 'y' + all.length; all.push(s.slice(1)) }",
  'one array that grows': 'const all: number[] = []; for (;;) all.push(1.5)',
  'one map that grows': 'const map = new Map<number, object>(); for (let i = 0; ; i++) map.set(i, { i })',
  buffers: 'const all: unknown[] = []; for (;;) all.push(new Uint8Array(1e6).fill(1))',
}

describe('a body that takes memory without end', () => {
  it.each(Object.entries(TAKING))('%s', async (_, doing) => {
    const folder = newFolder()
    writeFileSync(join(folder, 'digits.ts'), text(doing))
    const { code, stdout } = await runVerify(folder, ['digits.ts', '--quiet'])
    expect(code).toBe(3)
    expect(stdout).toMatch(/^Unknown: .*memory/)
    expect(stdout).toMatch(/[1-9][\d,]+ distinct\s+states were (known|found)/)
  })
})
