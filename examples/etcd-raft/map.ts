/**
 * What a line of the trace of etcd's Raft means to its protocol. All nodes of its test network are one process, which
 * writes a line while it does what the line says, so that what is sent has its line before what is received: the lines
 * are in one order, the one in which they stand.
 */
import { type Line, logMap } from 'splitbrain'
import etcdRaft from './protocol.ts'

const MANY = 1_000_000

interface Event {
  readonly name: string
  readonly nid: string
  readonly state: { readonly term: number; readonly vote: string; readonly commit: number }
  readonly role: string
  readonly log: number
  readonly conf: readonly [readonly string[], readonly string[]]
  readonly msg?: Message
  readonly prop?: { readonly cc?: Change; readonly match?: number }
}
type Message = Readonly<Record<'term' | 'entries' | 'logTerm' | 'index' | 'commit' | 'rejectHint', number>> &
  Readonly<Record<'type' | 'from' | 'to', string>> & { readonly reject: boolean }
interface Change {
  readonly newconf?: readonly string[]
  readonly changes?: readonly { readonly nid: string; readonly action: string }[]
}

const eventOf = (line: Line) => line.event as Event
const node = (nid: string) => `n${nid}`
const nodes = (nids: readonly string[] = []) => new Set(nids.map(node))
const typeOf = ({ type }: Message) => type.replace('Msg', '') as 'Vote'

/** What each line shows of its node; in the midst of what the node does, some of it may not be as it will be. */
const shown = ({ state, role, log, conf }: Event) => ({
  term: state.term,
  vote: state.vote === '0' ? null : node(state.vote),
  commit: state.commit,
  role: (is: string) => `State${is}` === role || `is ${is}, the log shows ${role.replace('State', '')}`,
  log: (entries: readonly unknown[]) => entries.length === log || `has ${entries.length} entries, the log shows ${log}`,
  conf: nodes(conf[0]),
})

const contentOf = ({ term, index, logTerm, commit, reject, rejectHint }: Message) =>
  ({ term, index, logTerm, commit, reject, rejectHint }) as const

type Sent = ReturnType<typeof contentOf> & {
  readonly type: string
  readonly to: string
  readonly entries: readonly unknown[]
}

/** The message that was put into an outbox last. */
const endsWith = (msg: Message) => (outbox: readonly Sent[]) => {
  const last = outbox.at(-1)
  if (last === undefined) return 'is empty'
  const is = { ...last, entries: last.entries.length }
  const told = { ...contentOf(msg), type: typeOf(msg), to: node(msg.to), entries: msg.entries }
  const wrong = (Object.keys(told) as (keyof typeof told)[]).find((field) => is[field] !== told[field])
  return (
    wrong === undefined ||
    `ends with ${is.type} to ${is.to}, whose ${wrong} is ${is[wrong]}, the log shows ${told[wrong]}`
  )
}

/** What the line's node does, after which it is as the line shows it. */
const does = (event: Event, action: string, chose: Chosen = {}, more: object = {}) => ({
  steps: { process: node(event.nid), action, chose },
  after: { [node(event.nid)]: { ...shown(event), ...more } },
})
type Chosen = Readonly<Record<string, unknown>>

/** What it is about to do: it is as shown before it. */
const willDo = (event: Event, action: string, chose: Chosen = {}, after: object = {}) => ({
  steps: { process: node(event.nid), action, chose },
  before: { [node(event.nid)]: shown(event) },
  after: { [node(event.nid)]: after },
})

const isAsShown = (event: Event) => ({ before: { [node(event.nid)]: shown(event) } })

const sends = (event: Event, action: string, chose: Chosen = {}) => {
  const { nid, msg, prop } = event
  const matched = prop?.match === undefined ? {} : { matched: { [node(nid)]: prop.match } }
  return does(event, action, chose, { ...matched, outbox: endsWith(msg!) })
}

const receives = (line: Line) => {
  const event = eventOf(line)
  const { nid, msg, state } = event
  const message = { type: typeOf(msg!), ...contentOf(msg!) }
  if (msg!.from === nid) return willDo(event, 'receiveOwn', { message })
  const entries = (handling: { entries: readonly unknown[] } | null) => {
    const count = handling?.entries.length ?? 0
    return msg!.term < state.term || count === msg!.entries || `has ${count} entries, the log shows ${msg!.entries}`
  }
  return {
    before: { [node(nid)]: shown(event) },
    steps: { process: node(nid), receive: message, from: node(msg!.from) },
    after: { [node(nid)]: { handling: entries } },
  }
}

/** How a node becomes a follower: it is new, it begins a cluster, it hears of a newer term, or it is not elected. */
const follows = (line: Line) => {
  const event = eventOf(line)
  const { term, ...others } = shown(event)
  if (term === 0) return isAsShown(event)
  const bootstraps = {
    before: { [node(event.nid)]: { ...others, term: 0 } },
    steps: { process: node(event.nid), action: 'bootstrap' },
    after: { [node(event.nid)]: { term } },
  }
  return [does(event, 'adoptTerm'), does(event, 'giveUp'), bootstraps]
}

const changes = (line: Line) => {
  const event = eventOf(line)
  const [change, ...others] = event.prop!.cc!.changes!
  if (change === undefined || others.length > 0) throw new Error('joint configurations are not modelled')
  const what = change.action === 'RemoveServer' ? 'remove' : 'add'
  return willDo(event, 'change', { change: { what, node: node(change.nid) } })
}

/** A node without a log begins with nobody. */
const applies = (line: Line) => {
  const event = eventOf(line)
  const conf = nodes(event.prop!.cc!.newconf)
  if (event.state.term === 0) return { before: { [node(event.nid)]: { ...shown(event), conf } } }
  return [willDo(event, 'apply', {}, { conf }), willDo(event, 'preapply', {}, { conf })]
}

const requests = (line: Line) => {
  const event = eventOf(line)
  const { type, to, index, entries } = event.msg!
  if (type === 'MsgHeartbeat') return sends(event, 'heartbeat', { to: node(to) })
  return sends(event, 'append', { to: node(to), index, entries })
}

/** The line of a vote is written before the vote is. */
const votes = (line: Line) => {
  const event = eventOf(line)
  const { from, to } = event.msg!
  if (from === to) return sends(event, 'ask')
  return willDo(event, 'respond', {}, { outbox: endsWith(event.msg!) })
}

export default logMap(etcdRaft, {
  parameters: {
    nodes: 10,
    members: 5,
    logged: true,
    elections: MANY,
    proposals: MANY,
    changes: MANY,
    appends: MANY,
    heartbeats: MANY,
  },
  event: (line) => (line.tag === 'trace' ? eventOf(line).name : undefined),
  on: {
    InitState: (line) => willDo(eventOf(line), 'start'),
    BecomeFollower: follows,
    BecomeCandidate: (line) => does(eventOf(line), 'campaign'),
    BecomeLeader: (line) => does(eventOf(line), 'lead'),
    Replicate: (line) => willDo(eventOf(line), 'propose'),
    ChangeConf: changes,
    ApplyConfChange: applies,
    Commit: (line) => does(eventOf(line), 'commit'),
    Ready: (line) => does(eventOf(line), 'ready'),
    SendRequestVoteRequest: (line) => sends(eventOf(line), 'ask'),
    SendRequestVoteResponse: votes,
    SendAppendEntriesRequest: requests,
    SendAppendEntriesResponse: (line) => {
      const event = eventOf(line)
      return sends(event, event.msg!.from === event.msg!.to ? 'ack' : 'respond')
    },
    ReceiveRequestVoteRequest: receives,
    ReceiveRequestVoteResponse: receives,
    ReceiveAppendEntriesRequest: receives,
    ReceiveAppendEntriesResponse: receives,
  },
})
