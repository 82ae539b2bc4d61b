/** Random behaviours of examples/etcd-raft, written as etcd's library would trace them. */
import map from '../../examples/etcd-raft/map.ts'
import etcdRaft from '../../examples/etcd-raft/protocol.ts'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import type { State, Step } from '../../src/model.ts'

export const model = etcdRaft.instantiate({ ...map.parameters, nodes: 4, members: 3, elections: 3, changes: 2 })

interface Message {
  readonly type: string
  readonly entries: readonly unknown[]
}
interface Node {
  readonly term: number
  readonly vote: string | null
  readonly commit: number
  readonly role: string
  readonly log: readonly unknown[]
  readonly conf: ReadonlySet<string>
  readonly handling: { readonly type: string } | null
  readonly outbox: readonly (Message & { readonly to: string })[]
}

/** The event that a step is, and whether it is traced before or after the node has done it. */
const TRACED: Readonly<Record<string, readonly [event: string, when: 'before' | 'after']>> = {
  start: ['InitState', 'before'],
  bootstrap: ['BecomeFollower', 'before'],
  preapply: ['ApplyConfChange', 'before'],
  apply: ['ApplyConfChange', 'before'],
  campaign: ['BecomeCandidate', 'after'],
  lead: ['BecomeLeader', 'after'],
  giveUp: ['BecomeFollower', 'after'],
  adoptTerm: ['BecomeFollower', 'after'],
  propose: ['Replicate', 'before'],
  change: ['ChangeConf', 'before'],
  commit: ['Commit', 'after'],
  ready: ['Ready', 'after'],
}
const OF_MESSAGES: Readonly<Record<string, string>> = {
  Vote: 'RequestVoteRequest',
  VoteResp: 'RequestVoteResponse',
  App: 'AppendEntriesRequest',
  AppResp: 'AppendEntriesResponse',
  Heartbeat: 'AppendEntriesRequest',
  HeartbeatResp: 'AppendEntriesResponse',
}

const nid = (id: string | null) => id?.slice(1) ?? '0'
const nids = (ids: Iterable<string>) => [...ids].map(nid)
const shown = ({ term, vote, commit, role, log, conf }: Node) => ({
  state: { term, vote: nid(vote), commit },
  role: `State${role}`,
  log: log.length,
  conf: [nids(conf), []],
})
const told = ({ type, entries, ...others }: Message, from: string, to: string) => ({
  ...others,
  type: `Msg${type}`,
  entries: entries.length,
  from: nid(from),
  to: nid(to),
})

function eventOf({ action, process, arguments: args }: Step, before: Node, after: Node): object {
  const from = (args.from ?? process) as string
  const received = args.message as unknown as Message | undefined
  if (received !== undefined) {
    return { name: `Receive${OF_MESSAGES[received.type]}`, ...shown(before), msg: told(received, from, process!) }
  }
  const [name, when] = TRACED[action] ?? []
  if (name === undefined) {
    const { to, ...sent } = after.outbox.at(-1)!
    const isVote = action === 'respond' && sent.type === 'VoteResp'
    return { name: `Send${OF_MESSAGES[sent.type]}`, ...shown(isVote ? before : after), msg: told(sent, process!, to) }
  }
  const change = args.change as { what: string; node: string } | undefined
  const changes = change && [{ nid: nid(change.node), action: change.what === 'add' ? 'AddNewServer' : 'RemoveServer' }]
  const prop = { cc: { changes, newconf: nids(after.conf) } }
  const event = { name, ...shown(when === 'before' ? before : after), prop }
  return action === 'bootstrap' ? { ...event, state: { ...event.state, term: after.term } } : event
}

/** As many lines as steps; each action is as likely as the others. */
export function traceOf(seed: number, length: number): string[] {
  let random = seed
  const below = (most: number) => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) & 0x7fffffff
    return (random >> 8) % most
  }
  let state: State = [...initialOutcomes(model)][0]!.state
  return Array.from({ length }, () => {
    const steps = [...stepsFrom(model, state)]
    const actions = [...new Set(steps.map(({ step }) => step.action))]
    const action = actions[below(actions.length)]
    const likely = steps.filter(({ step }) => step.action === action)
    const taken = likely[below(likely.length)]!
    const { process } = taken.step
    const at = model.components.findIndex((one) => one.kind === 'process' && one.name === process)
    const [before, after] = [state[at], taken.state[at]] as unknown as [Node, Node]
    state = taken.state
    return JSON.stringify({ tag: 'trace', event: { nid: nid(process!), ...eventOf(taken.step, before, after) } })
  })
}
