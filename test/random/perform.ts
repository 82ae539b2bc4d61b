/** What the operations of a plan do. Written with every way of reading and changing a draft that a spec might use. */
import { disabled } from 'splitbrain'
import {
  evaluate,
  intOf,
  listAt,
  nestAt,
  otherOf,
  type Scope,
  setAt,
  voteOf,
  votesAt,
  whoOf,
  wrap,
} from './evaluate.ts'
import {
  type Call,
  type Int,
  type IntPlace,
  type ListPlace,
  LONGEST,
  type Nest,
  type NestPlace,
  type Op,
  type Process,
  type SetPlace,
} from './plan.ts'

/** What an operation can do besides looking. */
export interface Actor extends Scope {
  readonly choose: <T>(name: string, options: readonly T[]) => T
  readonly sendsFreely: boolean
  /** Absent in the environment, which is nobody's client. */
  readonly recording?: {
    readonly invoke: (operation: string, ...argument: readonly number[]) => void
    readonly returns: (operation: string, ...result: readonly number[]) => void
    readonly failed: (operation: string) => void
    readonly unknown: (operation: string) => void
  }
  readonly send: (to: string | readonly string[], message: object) => void
  /** The processes that have a handler for messages of a type, the actor excepted. */
  readonly receivers: (type: string) => readonly string[]
}

/** The operations all of whose names are among these. */
type OpOf<Name extends Op['op']> = Op extends infer O extends Op ? (O extends { readonly op: Name } ? O : never) : never

/** Performs the operations in turn. Returns `disabled` where one of them says so, whatever was changed before. */
export function perform(actor: Actor, ops: readonly Op[], path = 'c'): typeof disabled | undefined {
  for (const [i, op] of ops.entries()) if (performOne(actor, op, `${path}${i}`) === disabled) return disabled
  return undefined
}

function performOne(actor: Actor, op: Op, path: string): typeof disabled | undefined {
  const { me } = actor
  switch (op.op) {
    case 'stop':
      return evaluate(actor, op.when) ? disabled : undefined
    case 'throw':
      if (evaluate(actor, op.when)) throw new Error('thrown on purpose')
      return undefined
    case 'if':
      return evaluate(actor, op.when) ? perform(actor, op.yes, `${path}y`) : perform(actor, op.no, `${path}n`)
    case 'int':
      writeInt(actor, op.place, intOf(actor, op.value))
      return undefined
    case 'flag':
      me.flag = evaluate(actor, op.value)
      return undefined
    case 'mode':
      me.mode = op.mode
      return undefined
    case 'peer':
      me.peer = op.who === null ? null : whoOf(actor, op.who)
      return undefined
    case 'breakType':
      me.n = 99
      return undefined
    case 'each':
      for (const id of setAt(actor, op.set)) if (id !== actor.self) writeInt(actor, op.place, id.length + 1)
      return undefined
    case 'send':
      return send(actor, op, path)
    case 'keep':
      return keep(actor, op)
    case 'borrow':
      return borrow(actor, op)
    case 'record':
      return record(actor, op)
    case 'chooseInt':
    case 'chooseElement':
    case 'chooseWho':
    case 'chooseRow':
      return choose(actor, op, path)
    case 'nest':
      return assignNest(actor, op)
    case 'add':
    case 'remove':
    case 'clear':
    case 'set':
      return changeSet(actor, op)
    case 'tally':
      return tally(actor, op)
    case 'vote':
    case 'unvote':
    case 'keepVotes':
    case 'chooseVote':
      return vote(actor, op, path)
    case 'entry':
    case 'forget':
    case 'bumpEntries':
    case 'resetTable':
    case 'pushRow':
    case 'popRow':
    case 'fresh':
      return changeTables(actor, op)
    default:
      return changeList(actor, op)
  }
}

function writeInt({ me, shared }: Scope, place: IntPlace, value: number): void {
  switch (place) {
    case 'n':
    case 'm':
      me[place] = wrap(value)
      break
    case 'nest.x':
      me.nest.x = wrap(value)
      break
    case 'nest2.x':
      me.nest2.x = wrap(value)
      break
    case 'count':
      shared.count = wrap(value)
      break
    case 'tree.x':
      shared.tree.x = wrap(value)
  }
}

function writeList({ me, shared }: Scope, place: ListPlace, value: number[]): undefined {
  switch (place) {
    case 'list':
    case 'list2':
      me[place] = value
      break
    case 'nest.items':
      me.nest.items = value
      break
    case 'nest.inner.list':
      me.nest.inner.list = value
      break
    case 'nest2.items':
      me.nest2.items = value
      break
    case 'nest2.inner.list':
      me.nest2.inner.list = value
      break
    case 'row.l':
      if (me.rows[0] !== undefined) me.rows[0].l = value
      break
    case 'log':
      shared.log = value
      break
    case 'tree.items':
      shared.tree.items = value
  }
}

function writeNest({ me, shared }: Scope, place: NestPlace, value: Nest): void {
  if (place === 'tree') shared.tree = value
  else me[place] = value
}

function writeSet({ me, shared }: Scope, place: SetPlace, value: Set<string>): void {
  if (place === 'set') me.set = value
  else shared.seen = value
}

type ListOp = OpOf<
  | ('push' | 'unshift' | 'detach' | 'pop' | 'shift' | 'reverse' | 'sort' | 'splice' | 'store' | 'truncate')
  | ('sortedCopy' | 'filteredCopy' | 'concat' | 'alias')
>

function changeList(actor: Actor, op: ListOp): undefined {
  switch (op.op) {
    case 'sortedCopy':
      return writeList(
        actor,
        op.to,
        [...listAt(actor, op.from)].sort((a, b) => b - a),
      )
    case 'filteredCopy':
      return writeList(
        actor,
        op.to,
        listAt(actor, op.from).filter((element) => element > 0),
      )
    case 'concat':
      return writeList(actor, op.to, listAt(actor, op.to).concat(listAt(actor, op.from)).slice(0, LONGEST))
    case 'alias':
      return writeList(actor, op.to, listAt(actor, op.from))
    case 'detach': {
      const before = listAt(actor, op.list)
      writeList(actor, op.list, [wrap(intOf(actor, op.value))])
      before.push(1) // goes nowhere, unless another place holds the same array
      if (before.length > LONGEST) before.pop()
      return undefined
    }
    default:
      return changeListInPlace(listAt(actor, op.list), op, (int) => wrap(intOf(actor, int)))
  }
}

type InPlace = Exclude<ListOp, OpOf<'sortedCopy' | 'filteredCopy' | 'concat' | 'alias' | 'detach'>>

function changeListInPlace(list: number[], op: InPlace, wrapped: (int: Int) => number): undefined {
  switch (op.op) {
    case 'push':
      if (list.length < LONGEST) list.push(wrapped(op.value))
      return undefined
    case 'unshift':
      if (list.length < LONGEST) list.unshift(wrapped(op.value))
      return undefined
    case 'pop':
    case 'shift':
    case 'reverse':
    case 'sort':
      list[op.op]()
      return undefined
    case 'splice':
      list.splice(op.at, op.remove, ...(list.length < LONGEST ? [wrapped(op.insert)] : []))
      return undefined
    case 'store':
      if (op.at < list.length) list[op.at] = wrapped(op.value)
      return undefined
    case 'truncate':
      if (op.length < list.length) list.length = op.length
      return undefined
  }
}

function assignNest(actor: Actor, { to, from, how }: OpOf<'nest'>): undefined {
  const [target, source] = [nestAt(actor, to), nestAt(actor, from)]
  if (how === 'inner') target.inner = source.inner
  else if (how === 'alias') writeNest(actor, to, source)
  else if (how === 'spread') writeNest(actor, to, { ...source, x: wrap(source.x + 1) })
  else if (how === 'copy') {
    const { x, items, inner } = source
    writeNest(actor, to, { x, items: [...items], inner: { list: inner.list.map((element) => element) } })
  } else {
    writeNest(actor, to, source)
    writeNest(actor, from, target)
  }
  return undefined
}

function changeSet(actor: Actor, op: OpOf<'add' | 'remove' | 'clear' | 'set'>): undefined {
  if (op.op === 'set') {
    const source = setAt(actor, op.from)
    if (op.how === 'alias') writeSet(actor, op.to, source)
    else writeSet(actor, op.to, new Set(op.how === 'copy' ? source : [...setAt(actor, op.to), ...source]))
    return undefined
  }
  const set = setAt(actor, op.set)
  if (op.op === 'add') set.add(whoOf(actor, op.who))
  else if (op.op === 'remove') actor.me.flag = set.delete(whoOf(actor, op.who))
  else set.clear()
  return undefined
}

/** What a set says of its own changes: its size after one, the answer of the other. */
function tally(actor: Actor, { set, add, remove }: OpOf<'tally'>): undefined {
  const { me } = actor
  const elements = setAt(actor, set)
  me.n = wrap(elements.add(whoOf(actor, add)).size)
  me.flag = elements.delete(whoOf(actor, remove))
  return undefined
}

/** There are never more than two votes. */
function vote(actor: Actor, op: OpOf<'vote' | 'unvote' | 'keepVotes' | 'chooseVote'>, path: string): undefined {
  const { me } = actor
  const votes = votesAt(actor, op.votes)
  if (op.op === 'vote' && votes.size < 2) votes.add(voteOf(actor, op))
  else if (op.op === 'unvote') me.flag = votes.delete(voteOf(actor, op))
  else if (op.op === 'keepVotes') me.votes = new Set([...votes].filter(({ on }) => on[0]! > 0))
  else if (op.op === 'chooseVote') me.n = wrap(actor.choose(path, [...votes]).on[0]! + 1)
  return undefined
}

type TableOp = OpOf<'entry' | 'forget' | 'bumpEntries' | 'resetTable' | 'pushRow' | 'popRow' | 'fresh'>

function changeTables(actor: Actor, op: TableOp): undefined {
  const { me } = actor
  switch (op.op) {
    case 'entry':
      me.table[whoOf(actor, op.who)] = wrap(intOf(actor, op.value))
      return undefined
    case 'forget':
      delete me.table[whoOf(actor, op.who)]
      return undefined
    case 'bumpEntries':
      for (const key in me.table) me.table[key] = wrap(me.table[key]! + 1)
      return undefined
    case 'resetTable':
      me.table = {}
      return undefined
    case 'pushRow':
      if (me.rows.length < 2) me.rows.push({ k: wrap(intOf(actor, op.value)), l: listAt(actor, op.list) })
      return undefined
    case 'popRow':
      me.rows.pop()
      return undefined
    case 'fresh': {
      const fresh = { x: 1, items: me.list, inner: { list: [0] } }
      me.nest = fresh
      me.nest2 = fresh // one object at two places, until the step ends
      fresh.inner.list.push(me.n)
      return undefined
    }
  }
}

function choose(
  actor: Actor,
  op: OpOf<'chooseInt' | 'chooseElement' | 'chooseWho' | 'chooseRow'>,
  path: string,
): undefined {
  const { me } = actor
  switch (op.op) {
    case 'chooseInt':
      writeInt(actor, op.place, actor.choose(path, op.options))
      return undefined
    case 'chooseElement':
      writeInt(actor, op.place, actor.choose(path, listAt(actor, op.list)) + 1)
      return undefined
    case 'chooseWho': {
      const { from } = op
      const options = from === 'keys' ? Object.keys(me.table) : from === 'ids' ? actor.ids : [...setAt(actor, from)]
      me.peer = actor.choose(path, options)
      return undefined
    }
    case 'chooseRow': {
      const row = actor.choose(path, me.rows)
      row.k = wrap(row.k + 1)
      return undefined
    }
  }
}

/** Costs fuel unless the body has burnt some already, so that there are never many messages. */
function send(actor: Actor, op: OpOf<'send'>, path: string): undefined {
  const { me, self } = actor
  const receivers = actor.receivers(op.type)
  if (receivers.length === 0 || (!actor.sendsFreely && me.fuel === 0)) return undefined
  if (!actor.sendsFreely) me.fuel -= 1
  const wanted = op.to === 'all' || op.to === 'choice' ? undefined : whoOf(actor, op.to)
  const to =
    op.to === 'choice' ? actor.choose(path, receivers) : receivers.filter((id) => op.to === 'all' || id === wanted)
  actor.send(to, {
    type: op.type,
    n: me.n,
    who: self,
    list: listAt(actor, op.list),
    nest: nestAt(actor, op.nest),
    set: me.set,
  })
  return undefined
}

/** An invocation costs fuel as a message does; its end does not. */
function record(actor: Actor, { call, end, value, atOnce }: OpOf<'record'>): undefined {
  const { me, recording, sendsFreely } = actor
  if (recording === undefined) return undefined
  const number = wrap(intOf(actor, value))
  const endPending = (open: Call) => {
    if (end === 'returns') recording.returns(open, ...(open === 'read' ? [number] : []))
    else recording[end](open)
    me.open = null
  }
  if (me.open !== null) {
    endPending(me.open)
  } else if (sendsFreely || me.fuel > 0) {
    if (!sendsFreely) me.fuel -= 1
    recording.invoke(call, ...(call === 'write' ? [number] : []))
    if (atOnce) endPending(call)
    else me.open = call
  }
  return undefined
}

/** Puts a part of the message into the state, itself or a copy of it. */
function keep({ me, message }: Actor, { part, how }: OpOf<'keep'>): undefined {
  if (message === undefined) return undefined
  if (part === 'who') me.peer = message.who
  else putIn(me, message as unknown as Parts, part, how) // frozen: whoever changes it is told so
  return undefined
}

/** The same of what is read of another process. */
function borrow(actor: Actor, { who, part, how }: OpOf<'borrow'>): undefined {
  return putIn(actor.me, otherOf(actor, who), part, how)
}

type Parts = Pick<Process, 'list' | 'nest' | 'set'>

function putIn(me: Process, from: Parts, part: keyof Parts, how: 'alias' | 'copy'): undefined {
  if (part === 'list') me.list = how === 'alias' ? from.list : [...from.list]
  else if (part === 'nest') me.nest = how === 'alias' ? from.nest : structuredClone(from.nest)
  else me.set = how === 'alias' ? from.set : new Set(from.set)
  return undefined
}
