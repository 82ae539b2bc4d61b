/**
 * A thousand traces and a thousand histories with random damage: each is read or refused with a message, by an exit code
 * that fits, and a damaged trace never passes for the one that was saved. SEED=... tries the same damage again.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { type RanHere, runHere } from '../cli/run-here.ts'
import { committedTraces } from '../corpus/committed-traces.ts'
import { draws } from '../draws.ts'
import { newFolder } from '../new-folder.ts'

const MUTANTS = 1000
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

let folder: string
beforeEach(() => {
  folder = newFolder()
})

const TOKENS = ['{', '}', '[', ']', '"', ',', ':', 'null', '-1', '1e999', '\u0000', '\u202e', '#{', '#_', '"__proto__"']

/** The text with one to three places cut out, doubled, swapped, or replaced by what a parser may stumble over. */
function damaged(text: string, random: (most: number) => number): string {
  let result = text
  for (let i = random(3); i >= 0; i--) {
    const at = random(result.length)
    const end = Math.min(result.length, at + 1 + random(40))
    const part = result.slice(at, end)
    const other = [
      '',
      part + part,
      TOKENS[random(TOKENS.length)]!,
      String.fromCharCode(random(0x2fff)),
      [...part].reverse().join(''),
    ][random(5)]!
    result = result.slice(0, at) + other + result.slice(end)
  }
  return result
}

/** What goes wrong is the file's fault, and said in words. */
function assertAnswered({ code, stdout, stderr }: RanHere, file: string): void {
  const said = `${stdout}${stderr}`
  expect({ file, said, isAnswer: [0, 1, 2, 3].includes(code) }).toMatchObject({ isAnswer: true })
  expect(said, file).not.toMatch(/defect of splitbrain|\n +at .*:\d+:\d+/)
  expect(said.trim(), file).not.toBe('')
}

it(`a thousand damaged traces, seed ${seed}`, async () => {
  const random = draws(seed)
  const traces = committedTraces().filter((name) => /^(token-ring|raft-split|bully|snowflake)/.test(name))
  let refused = 0
  for (let i = 0; i < MUTANTS; i++) {
    const text = readFileSync(join('counterexamples', traces[random(traces.length)]!), 'utf8')
    const mutant = damaged(text, random)
    const file = join(folder, `${i}.json`)
    writeFileSync(file, mutant)
    const ran = await runHere([random(4) === 0 ? 'inspect' : 'replay', file])
    assertAnswered(ran, mutant)
    if (ran.code === 2) refused++
  }
  expect(refused).toBeGreaterThan(MUTANTS / 2)
})

const HISTORIES = [
  '{:process 0, :type :invoke, :f :write, :value 1}\n{:process 1, :type :invoke, :f :read, :value nil}\n' +
    '{:process 1, :type :ok, :f :read, :value 1}\n{:process 0, :type :info, :f :write, :value 1}\n',
  '{"process":"a","type":"invoke","f":"write","value":1}\n{"process":"a","type":"ok","f":"write","value":1}\n' +
    '{"process":"b","type":"invoke","f":"read","value":null}\n{"process":"b","type":"ok","f":"read","value":1}\n',
  '[{"type":"invoke","process":"a","operation":"write","argument":1},{"type":"return","process":"a","operation":"write"}]',
]

it(`a thousand damaged histories, seed ${seed}`, async () => {
  const random = draws(seed)
  for (let i = 0; i < MUTANTS; i++) {
    const at = random(HISTORIES.length)
    const mutant = damaged(HISTORIES[at]!, random)
    const file = join(folder, `${i}.${['edn', 'jsonl', 'json'][at]}`)
    writeFileSync(file, mutant)
    assertAnswered(await runHere(['history', file, '--model', 'register', '--timeout', '5s']), mutant)
  }
})
