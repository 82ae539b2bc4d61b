/**
 * A register kept at several nodes, under a partition: consistent, available, tolerant of partitions - two at most.
 *
 * Sources: documents 000, 002 and 004 §3 (CAP); Gilbert & Lynch, "Brewer's conjecture and the feasibility of consistent,
 * available, partition-tolerant web services" (2002). The register is that of Attiya, Bar-Noy & Dolev (1995), with many
 * writers (Lynch & Shvartsman 1997).
 *
 * Each node keeps a copy, with a tag that says how new it is, and serves the clients next to it, one request at a time.
 * A request takes two rounds: ask a majority for its copies, then have a majority store the newest (a write: its own
 * value, under a still newer tag). A node that is cut off from every majority learns so by a time-out, and then goes by
 * `--policy`:
 *   cp       it refuses the request: the client is told of an error
 *   cp-wait  it waits until the partition heals
 *   ap       it serves the request from its own copy
 * What was sent across the cut arrives when the partition heals. An answer that comes too late to matter is never
 * received, which nobody can tell from its being ignored.
 *
 * C is `linearizable`: what the clients saw, one register could have shown them. A is two things: every request is
 * `answered` in the end, and not by an error (`withoutError`). Which letter falls, and the scenario that shows it
 * (`verify claims cap-register` prints the table, as found):
 *
 *              no partition                 a partition that need not heal (`--partitions 1`)
 *   cp         C and A hold (cp-whole)      C holds (cp-cut-consistent)       A falls: errors (cp-cut-error)
 *   cp-wait    C and A hold (wait-whole)    C holds (wait-cut-consistent)     A falls: no answer (wait-cut-silent)
 *   ap         C and A hold (ap-whole)      C falls (ap-cut-inconsistent)     A holds (ap-cut-available)
 *
 * On the left, P is what is missing: partitions are assumed away. So nobody ever has all three.
 *
 * Findings. The left column rests on time-outs that strike only who is cut off (`--timeouts reliable`). Early ones are all
 * that an asynchronous network has to offer, and with them, without any partition, `ap` is inconsistent and `cp` refuses
 * (Gilbert & Lynch, Corollary 1.1): whoever calls a system "CA" relies on its clocks. Only `cp-wait` needs no time-out.
 *
 * Left out: crashes (a dead node owes no answer), lost messages, networks that are cut in more than two.
 *
 * Whoever has a majority on its side of a cut is served (`apart`): only who has none is refused, as long as no time-out is
 * early.
 *
 * Defaults: `cp` and one partition, where C holds. What a policy gives up under a partition is asked by name only.
 *
 * Bounds: 2 nodes, one on each side, are what Gilbert & Lynch's proof needs. Of 2, each is in every majority; the rounds
 * matter with 3 (`three-nodes`, `three-nodes-cut`), where one side of a cut has a majority. One write and two reads, so
 * that there can be a read on each side, or two on one; a second write where tags are to be compared (`two-writes`). An
 * answer that comes late takes 3 nodes and two requests at one: with `--apart` that is a small search. `more-requests` and
 * `three-nodes-more` have more.
 */
import {
  always,
  alwaysEventually,
  type Context,
  declare,
  disabled,
  every,
  fails,
  id,
  linearizable,
  never,
  noPair,
  optional,
  type Process,
  protocol,
  readYourWrites,
  register,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'

const capRegister = declare({
  name: 'cap-register',
  summary: 'a replicated register under a partition: consistent or available',
  sources: ['Gilbert & Lynch 2002', 'Attiya, Bar-Noy & Dolev 1995', 'documents 000, 002, 004 §3'],
  parameters: {
    policy: z.enum(['cp', 'cp-wait', 'ap']).default('cp').describe('what a node does that is cut off'),
    nodes: z.int().min(2).max(5).default(2).describe('copies of the register'),
    writes: z.int().min(0).max(3).default(1).describe('writes, at any node'),
    reads: z.int().min(0).max(4).default(2).describe('reads, at any node'),
    apart: z.boolean().default(false).describe('whether only the first node reads, and only the last one writes'),
    timeouts: z
      .enum(['reliable', 'early'])
      .default('reliable')
      .describe('whether a time-out strikes only who is cut off'),
  },
  bugs: {
    noWriteBack: 'a read does not store what it returns',
    anyCut: 'a node that cannot reach some other takes itself for cut off',
    countLate: 'an answer to an earlier request counts for a later one',
  },
  roles: {
    node: {
      prefix: 'n',
      volatile: {
        tag: z.int().default(0),
        value: z.int().default(0),
        /** The request that is being served, if any: the newest copy heard of, and who has answered in this round. */
        request: z
          .object({
            kind: z.enum(['read', 'write']),
            round: z.enum(['ask', 'store']),
            tag: z.int(),
            value: z.int(),
            heard: z.set(id('node')),
          })
          .nullable()
          .default(null),
        requests: z.int().default(0), // so far; tells the answers to one from those to another
        isCutOff: z.boolean().default(false), // so it believes
      },
    },
  },
  messages: {
    Ask: { request: z.int() },
    Copy: { request: z.int(), tag: z.int(), value: z.int() },
    Store: { request: z.int(), tag: z.int(), value: z.int() },
    Stored: { request: z.int() },
  },
  shared: {
    writes: z.int().default(0), // so far
    reads: z.int().default(0),
    refused: z.int().default(0), // for the properties only
    hasty: z.boolean().default(false), // for the properties only: a time-out has struck who could reach a majority
    madeBefore: z.int().nullable().default(null), // for the properties only: requests made when a time-out struck, if apart
  },
  operations: {
    write: { argument: z.int() },
    read: { result: z.int() },
  },
  faults: { partition: { budget: 1 } },
})

type Node = Process<typeof capRegister, 'node'>
type NodeContext = Context<typeof capRegister, 'node'>

const areAnswered = ({ node }: View<typeof capRegister>) =>
  every(
    node,
    ({ request }) => request === null,
    ({ id, request }) => `the ${request?.kind} at ${id} is not answered`,
  )

export default protocol(capRegister, ({ policy, nodes, writes, reads, apart, timeouts, partitions }, bug) => {
  const majority = Math.floor(nodes / 2) + 1

  /** Of all policies but one: under a partition, that one gives it up, and it is asked by name only. */
  const promised = (givenUpBy: typeof policy, property: ReturnType<typeof optional<View<typeof capRegister>>>) =>
    policy === givenUpBy && partitions > 0 ? optional(property) : property

  const keep = (me: Node, tag: number, value: number) => {
    if (tag <= me.tag) return
    me.tag = tag
    me.value = value
  }

  /** A copy that is newer than what the request knows of. */
  const hear = ({ request }: Node, { tag, value }: { readonly tag: number; readonly value: number }) => {
    if (tag <= request!.tag) return
    request!.tag = tag
    if (request!.kind === 'read') request!.value = value
  }

  const answer = (me: Node, { returns }: NodeContext) => {
    const { kind, value } = me.request!
    if (kind === 'read') returns('read', value)
    else returns('write')
    me.request = null
    me.isCutOff = false
  }

  /** The second round. Tags are numbers: those of a node are apart from all others'. */
  const store = (me: Node, { self, ids, peers, send }: NodeContext) => {
    const request = me.request!
    if (request.kind === 'write') request.tag = (Math.floor(request.tag / nodes) + 1) * nodes + ids.node.indexOf(self)
    request.round = 'store'
    request.heard = new Set()
    keep(me, request.tag, request.value)
    send(peers, { type: 'Store', request: me.requests, tag: request.tag, value: request.value })
  }

  /** The first round. */
  const ask = (me: Node, kind: 'read' | 'write', value: number, { peers, send }: NodeContext) => {
    me.requests += 1
    me.request = { kind, round: 'ask', tag: me.tag, value, heard: new Set() }
    send(peers, { type: 'Ask', request: me.requests })
  }

  const isLate = (me: Node, request: number) => request !== me.requests && !bug.countLate

  const hasMajority = ({ request }: Node) => 1 + request!.heard.size >= majority

  const refuse = (me: Node, { shared, failed, unknown }: NodeContext) => {
    if (!me.isCutOff) return disabled
    const { kind, round } = me.request!
    // mutate: equivalent (drop operand), because who refuses a write may leave open whether it counts
    if (kind === 'write' && round === 'store')
      unknown('write') // it may be stored, or will be once the partition heals
    else failed(kind)
    shared.refused += 1
    me.request = null
    me.isCutOff = false
  }

  const serveAlone = (me: Node, context: NodeContext) => {
    if (!me.isCutOff) return disabled
    if (me.request!.round === 'ask') {
      // mutate: equivalent (drop call), because what its copy has got since the request was made came at the same time
      // as the request
      hear(me, me)
      store(me, context)
    }
    answer(me, context)
  }

  // For the properties, which do not ask the code how many are enough.
  const isMajority = (count: number) => 2 * count > nodes

  return {
    population: { node: nodes },

    actions: {
      node: {
        write(me, context) {
          const { self, ids, shared, invoke } = context
          if (apart && self !== ids.node.at(-1)) return disabled
          // mutate: equivalent (drop operand), because how many writes there are is a bound of the model
          if (me.request !== null || shared.writes === writes) return disabled
          shared.writes += 1
          invoke('write', shared.writes)
          ask(me, 'write', shared.writes, context)
        },

        read(me, context) {
          const { self, ids, shared, invoke } = context
          if (apart && self !== ids.node[0]) return disabled
          // mutate: equivalent (drop operand), because how many reads there are is a bound of the model
          if (me.request !== null || shared.reads === reads) return disabled
          // mutate: equivalent (drop assignment), because how many reads there are is a bound of the model
          shared.reads += 1
          invoke('read')
          ask(me, 'read', me.value, context)
        },

        refuse: policy === 'cp' && refuse,
        serveAlone: policy === 'ap' && serveAlone,
      },

      environment: {
        /** A node has waited for so long that whoever can answer has answered. */
        timeOut:
          policy !== 'cp-wait' &&
          (({ node, ids, shared, choose, isCut }) => {
            const id = choose('node', ids.node)
            const me = node.find((other) => other.id === id)!
            // mutate: equivalent (drop operand), because to be cut off twice is to be cut off
            if (me.request === null || me.isCutOff) return disabled
            const { heard } = me.request
            const answers = ids.node.filter((peer) => peer === id || heard.has(peer) || !isCut(id, peer))
            const enough = bug.anyCut ? nodes : majority
            if (timeouts === 'reliable' && answers.length >= enough) return disabled
            me.isCutOff = true
            if (isMajority(ids.node.filter((peer) => !isCut(id, peer)).length)) shared.hasty = true
            if (apart) shared.madeBefore ??= shared.writes + shared.reads
          }),
      },
    },

    receive: {
      node: {
        Ask(me, { request }, { from, send }) {
          send(from, { type: 'Copy', request, tag: me.tag, value: me.value })
        },

        Copy(me, copy, context) {
          const { request } = me
          if (request?.round !== 'ask' || isLate(me, copy.request)) return disabled
          hear(me, copy)
          request.heard.add(context.from)
          if (!hasMajority(me)) return
          if (request.kind === 'read' && bug.noWriteBack) answer(me, context)
          else store(me, context)
        },

        Store(me, { request, tag, value }, { from, send }) {
          keep(me, tag, value)
          send(from, { type: 'Stored', request })
        },

        Stored(me, stored, context) {
          const { request } = me
          if (request?.round !== 'store' || isLate(me, stored.request)) return disabled
          request.heard.add(context.from)
          if (hasMajority(me)) answer(me, context)
        },
      },
    },

    properties: {
      linearizable: promised('ap', linearizable('C: the clients see one register', register({ initial: 0 }))),
      /** Lynch & Shvartsman 1997: a tag tells which write it is of. A write does not take over what it has heard of. */
      oneTag: always('a value has one tag, and a tag one value', ({ node }) =>
        noPair(
          node,
          (a, b) => (a.tag === b.tag) !== (a.value === b.value),
          (a, b) => `${a.id} has ${a.value} under ${a.tag}, ${b.id} has ${b.value} under ${b.tag}`,
        ),
      ),
      storedByMajority:
        policy !== 'ap' &&
        step('a request is answered once a majority has stored what it stores', (before, after) =>
          every(
            before.node.filter(
              ({ request }, i) =>
                request?.round === 'store' &&
                after.node[i]!.request === null &&
                after.shared.refused === before.shared.refused,
            ),
            ({ request }) => isMajority(after.node.filter(({ tag }) => tag >= request!.tag).length),
            ({ id, request }) => `${id} answers, and no majority has tag ${request!.tag}`,
          ),
        ),
      onlyCutOff:
        timeouts === 'reliable' &&
        never('a time-out strikes a node that can reach a majority', ({ shared }) => shared.hasty),
      /** The shortest such run has no time for the cut to heal. */
      servedMeanwhile:
        apart &&
        partitions > 0 &&
        nodes > 2 &&
        sometimes('a node that makes a request since another was cut off is served', ({ node, shared }) => {
          const cutOff = node.filter(({ isCutOff, request }) => isCutOff && request!.heard.size === 0)
          const isSince = shared.madeBefore !== null && shared.writes + shared.reads > shared.madeBefore
          return (
            isSince &&
            cutOff.length === 1 &&
            node.filter(({ request }) => request !== null).length === 1 &&
            shared.refused === 0
          )
        }),
      bothServe: sometimes('one node writes while another reads', ({ node }) => {
        const [writer, reader] = apart ? [node.at(-1)!, node[0]!] : [node[0]!, node.at(-1)!]
        return writer.request?.kind === 'write' && reader.request?.kind === 'read'
      }),
      staysApart:
        apart &&
        always('only the first node reads, and only the last one writes', ({ node }) =>
          node.every(({ request }, i) => request === null || i === (request.kind === 'read' ? 0 : nodes - 1)),
        ),
      /** Of two writes at two sides of a cut one is to be given up, though its client may read: asked of a single one. */
      ownWrites: optional(readYourWrites('a node shows its clients what they have written', register({ initial: 0 }))),
      withoutError: promised(
        'cp',
        always('A: no request is answered by an error', ({ shared }) =>
          when(shared.writes + shared.reads > 0, () =>
            shared.refused === 0
              ? true
              : fails(`${shared.refused} of ${shared.writes + shared.reads} requests refused`),
          ),
        ),
      ),
      answered: promised('cp-wait', alwaysEventually('A: every request is answered', areAnswered)),
      answeredOnceHealed:
        partitions > 0 &&
        optional(
          alwaysEventually('A: every request is answered, if the partition heals', areAnswered, {
            weak: ['network.heal'],
          }),
        ),
      converges:
        partitions > 0 &&
        optional(
          alwaysEventually(
            'once the partition heals, the copies are equal again',
            ({ node: [first, ...others] }) =>
              every(
                others,
                ({ tag }) => tag === first!.tag,
                ({ id, value }) => `${first!.id} has ${first!.value}, ${id} has ${value}`,
              ),
            { weak: ['network.heal'] },
          ),
        ),
    },
  }
})
