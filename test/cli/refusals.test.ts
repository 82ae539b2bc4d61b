/** Wrong use, word for word. In this process, without a shell: nothing of it gets as far as a search. */
import { describe, expect, it } from 'vitest'
import { runHere } from './run-here.ts'

const CORPUS = 'verify list shows the protocols. One of your own is given as a file'

const RMS = 'Expected 1 to 20 (resource managers).'

describe('wrong use is refused before anything runs', () => {
  it.each([
    ['rafft', `there is no protocol or command rafft; did you mean raft?\n${CORPUS}: verify ./rafft.ts`],
    ['replya', `there is no protocol or command replya; did you mean replay?\n${CORPUS}: verify ./replya.ts`],
    ['gossip', `there is no protocol or command gossip\n${CORPUS}: verify ./gossip.ts`],
    ['constructor', `there is no protocol or command constructor\n${CORPUS}: verify ./constructor.ts`],
    ['two-phase-commit-plain --rns 3', "unknown option '--rns'\n(Did you mean --rms?)"],
    [
      'token-ring --partitions 1',
      'token-ring does not declare the fault partition, so there is no --partitions; write it down: faults: { partition: true }',
    ],
    ['two-phase-commit-plain --rms 21', `option '--rms <n>' argument '21' is invalid. ${RMS}`],
    ['two-phase-commit-plain --rms two', `option '--rms <n>' argument 'two' is invalid. ${RMS}`],
    ['two-phase-commit-plain --rms', "option '--rms <n>' argument missing"],
    ['peterson --bug', "option '--bug <names>' argument missing; the bugs are: turn-first, no-turn"],
    ['two-phase-commit-plain --bug x', 'two-phase-commit-plain has no bug x\nThere are none.'],
    [
      'two-phase-commit-plain --property agreemnt',
      'two-phase-commit-plain has no property agreemnt; did you mean agreement?\nThe properties are: types, agreement, is-transaction-commit, can-decide, an-abort-alone, a-commit, an-abort',
    ],
    [
      'test raft --corpus',
      'raft is a protocol that comes along, and --corpus runs all of them; leave out one of the two',
    ],
    ['raft --bfs --dfs', "option '--bfs' cannot be used with option '--dfs'"],
    ['raft --compact 1GB --dfs', "option '--compact <size>' cannot be used with option '--dfs'"],
    ['raft --compact 1GB --simulate', "option '--compact <size>' cannot be used with option '--simulate'"],
    [
      'raft --compact 2GB --max-memory 1GB',
      '--compact 2 GB is not within --max-memory (1 GB); ask for less, or allow more',
    ],
    ['raft --no-save --out x', "option '--no-save' cannot be used with option '--out <folder>'"],
    [
      'raft --max-states lots',
      "option '--max-states <n>' argument 'lots' is invalid. Expected a whole number from 1, such as 500000, 1e6, 10k or 5M.",
    ],
    [
      'raft --expect maybe',
      "option '--expect <verdict>' argument 'maybe' is invalid. Allowed choices are holds, violated.",
    ],
    ['raft now', 'too many arguments. Expected 0 arguments but got 1.'],
    [
      '--nodes 3',
      'the first word is --nodes; expected a protocol or a command, then its options: verify raft --nodes 3',
    ],
    [
      'raft --bug= --expect violated',
      "option '--bug <names>' argument '' is invalid. Expected names, separated by commas.",
    ],
    [
      'raft --property a,,b',
      "option '--property <names>' argument 'a,,b' is invalid. Expected names, separated by commas; one is empty.",
    ],
    ['raft --nodes 3 --nodes 4', '--nodes 3 contradicts --nodes 4; give one of them'],
    ['two-phase-commit --no-timeouts --timeouts', '--no-timeouts contradicts --timeouts; give one of them'],
    [
      'mutate token-ring --at 0',
      "option '--at <lines>' argument '0' is invalid. Expected lines, such as 41 or lock.ts:41.",
    ],
    [
      'mutate token-ring --at 1,lock.ts:150',
      'no mutant of specs/token-ring/token-ring.ts is in one of these lines; --list names them all',
    ],
    ['mutate token-ring --reporter html=pages', 'html is of violations, and there are none of mutants; leave it out'],
    ['mutate token-ring --json --reporter github', '--json is how default prints: --reporter default,...'],
    ['raft --expect holds --expect violated', '--expect holds contradicts --expect violated; give one of them'],
    [
      'replay x.json --expect holds --expect violated',
      '--expect holds contradicts --expect violated; give one of them',
    ],
    ['inspect x.json --protocol a --protocol b', '--protocol a contradicts --protocol b; give one of them'],
    ['two-phase-commit --timeouts false', '--timeouts takes no value, found false; say --no-timeouts'],
    ['two-phase-commit --timeouts=true', '--timeouts takes no value, found true; say --timeouts'],
    ['replay', "missing required argument 'files'"],
    ['./README.mb', 'there is no file ./README.mb; did you mean ./README.md?'],
    [
      'replay counterexamples/raft-small-qorum.json',
      'counterexamples/raft-small-qorum.json is not a trace that can be replayed: there is no such file; did you mean counterexamples/raft-small-quorum.json?',
    ],
    ['replay nothing.json', 'nothing.json is not a trace that can be replayed: there is no such file'],
    ['init Bad-Name', 'Bad-Name cannot name a protocol; expected lower case with dashes: my-protocol'],
  ])('verify %s', async (args, message) => {
    expect(await runHere(args.split(' '))).toEqual({ code: 2, stdout: '', stderr: `verify: ${message}` })
  })

  it('shows what there is to call where nothing was called', async () => {
    const { code, stdout, stderr } = await runHere([])
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    expect(stdout.split('\n')[0]).toBe('verify: check every behaviour of a distributed protocol')
  })
})
