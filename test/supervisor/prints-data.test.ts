/** Which commands print data, among which nothing else may stand. */
import { expect, it } from 'vitest'
import { printsData } from '../../bin/supervisor/prints-data.mjs'

it.each<[boolean, string]>([
  [true, 'graph raft'],
  [true, 'raft --json'],
  [true, 'claims raft --markdown'],
  [true, 'sweep raft --nodes 2..3 --format csv'],
  [true, 'inspect trace.json --format=itf'],
  [false, 'raft --nodes 3'],
  [false, 'compare graph raft'],
])('%s: %s', (expected, command) => expect(printsData(command.split(' '))).toBe(expected))
