/**
 * The trace of etcd's Raft that its repository has (etcd-io/raft, tla/example.ndjson, Apache-2.0; not part of this one),
 * and ten ways in which it could have been the trace of a faulty Raft.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import map from '../../examples/etcd-raft/map.ts'
import etcdRaft from '../../examples/etcd-raft/protocol.ts'
import { conform } from '../../src/conform/conform.ts'

const file = fileURLToPath(new URL('../../../shared/data/conform/etcd-raft-example.ndjson.gz', import.meta.url))

/** Undefined where it is not there. */
export const etcdLog = existsSync(file) ? gunzipSync(readFileSync(file)).toString().trim().split('\n') : undefined

const model = etcdRaft.instantiate(map.parameters)

/** The verdict; of a log that does not conform, the lines that nothing explains, and what stands against them. */
export async function heldAgainstRaft(lines: readonly string[], protocol = model) {
  const found = await conform(protocol, map, [{ name: 'log', lines }])
  if (found.verdict === 'conforms') return { verdict: found.verdict, events: found.census.events, breach: found.breach }
  const against = found.standing.flatMap((one) => one.against)
  return {
    verdict: found.verdict,
    line: [...new Set(against.map(({ event }) => event.place.line))],
    why: [...new Set(against.flatMap(({ reasons }) => reasons.map((one) => `${one.candidate}: ${one.against[0]}`)))],
  }
}

interface Event {
  name: string
  nid: string
  state: { term: number; vote: string; commit: number }
  role: string
  log: number
  msg: Record<string, unknown>
  prop: unknown
}
/** Changes an event in place. */
type Change = (event: Event) => void

interface Fault {
  readonly told: string
  /** The log as it would be: lines are counted from 1. */
  readonly made: (log: Log) => Log
  /** The line of it that shows the fault. */
  readonly line: number
  readonly why: string
}
type Log = readonly string[]

const changed = (text: string, change: Change) => {
  const line = JSON.parse(text)
  change(line.event)
  return JSON.stringify(line)
}
const at = (line: number, change: Change) => (log: Log) =>
  log.map((text, i) => (i === line - 1 ? changed(text, change) : text))
const without =
  (...lines: readonly number[]) =>
  (log: Log) =>
    log.filter((_, i) => !lines.includes(i + 1))
/** After a line, copies of others, changed. */
const after =
  (line: number, ...copies: readonly (readonly [line: number, change?: Change])[]) =>
  (log: Log) =>
    log.toSpliced(line, 0, ...copies.map(([of, change = () => {}]) => changed(log[of - 1]!, change)))

/** Node 3 stands for election in the same term as node 2, and asks node 5, which has voted for node 2. */
const candidate: Change = (event) => {
  event.nid = '3'
  event.state.vote = '3'
  if (event.msg === undefined) return
  event.msg.from = '3'
  if (event.msg.to === '3') event.msg.to = '2'
  else if (event.msg.to === '2') event.msg.to = '3'
}
const asked: Change = ({ state, msg }) => {
  Object.assign(state, { term: 2, vote: '2' })
  msg.from = '3'
}
const answers: Change = ({ state, msg }) => {
  state.vote = '2'
  msg.to = '3'
}
const asksAgain = [76, 77, 79, 78, 80, 81, 82].map((line) => [line, candidate] as const)

export const FAULTS: readonly Fault[] = [
  {
    told: 'a node votes twice in a term',
    made: after(89, ...asksAgain, [84, asked], [88, answers]),
    line: 98,
    why: 'n5.respond: n5.outbox ends with VoteResp to n3, whose reject is true, the log shows false',
  },
  {
    told: 'a leader appears without the votes',
    made: without(95, 98),
    line: 100,
    why: 'n2.lead: it is disabled, where n2.votes.n2 = true, n2.running',
  },
  {
    told: 'a term goes back',
    made: at(140, ({ state }) => (state.term = 1)),
    line: 140,
    why: 'n1.ready: n1.term is 2, the log shows 1',
  },
  {
    told: 'a leader commits beyond its quorum',
    made: at(126, ({ state }) => (state.commit = 6)),
    line: 126,
    why: 'n2.commit: n2.commit is 5, the log shows 6',
  },
  {
    told: 'a heartbeat commits what its receiver is not known to have',
    made: at(188, ({ msg }) => (msg.commit = 6)),
    line: 188,
    why: 'n2.heartbeat: n2.outbox ends with Heartbeat to n1, whose commit is 0, the log shows 6',
  },
  {
    told: 'a follower answers for an entry that it does not keep',
    made: at(113, (event) => (event.log = 5)),
    line: 113,
    why: 'n3.respond: n3.log has 6 entries, the log shows 5',
  },
  {
    told: 'a follower accepts what does not follow on its log',
    made: at(274, ({ msg }) => (msg.reject = false)),
    line: 274,
    why: 'n3.respond: n3.outbox ends with AppResp to n2, whose reject is true, the log shows false',
  },
  {
    told: 'a message is sent before the state is on disk',
    made: without(114),
    line: 124,
    why: 'n2 receives AppResp from n3: no such message is on its way; n3→n2 holds nothing',
  },
  {
    told: 'a message is handled twice, sent once',
    made: after(114, [112, (event) => (event.log = 6)]),
    line: 115,
    why: 'n3 receives App from n2: no such message is on its way; n2→n3 holds nothing',
  },
  {
    told: 'a leader begins a change before the one before it is applied',
    made: after(689, [684, (event) => (event.log = 38)]),
    line: 690,
    why: 'n2.change: it is disabled, where',
  },
  {
    told: 'a change is applied before it is committed',
    made: after(689, [1248, (event) => Object.assign(event, { log: 38, state: { ...event.state, commit: 11 } })]),
    line: 690,
    why: 'n2.apply: it is disabled, where',
  },
]
