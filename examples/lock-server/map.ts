/** What the lock server's log means to its protocol. */
import { type Line, logMap } from 'splitbrain'
import lockServer from './protocol.ts'

const MANY = 1_000_000

export default logMap(lockServer, {
  parameters: { clients: 3, requests: MANY, retries: MANY },
  event: ({ node, event }) => `${node === 'server' ? 'server' : 'client'} ${event}`,
  on: {
    'server acquire': (line, { process }) => ({
      steps: {
        process: 'server1',
        receive: { type: 'Acquire', n: Number(line.n) },
        from: process('client', line.client),
      },
      after: { server1: diskOf(line, process) },
    }),
    'server release': (line, { process }) => ({
      steps: {
        process: 'server1',
        receive: { type: 'Release', n: Number(line.n) },
        from: process('client', line.client),
      },
      after: { server1: diskOf(line, process) },
    }),
    'server restart': (line, { process }) => ({ before: { server1: diskOf(line, process) } }),
    'client ask': (line, { process }) => ofClient(line, process, 'acquire'),
    'client release': (line, { process }) => ofClient(line, process, 'release'),
    'client retry': (line, { process }) => ofClient(line, process, 'retry'),
    'client granted': (line, { process }) => answered(line, process, 'Granted'),
    'client released': (line, { process }) => answered(line, process, 'Released'),
  },
})

type NameOf = (role: 'server' | 'client', name: unknown) => string

const diskOf = ({ holder, token, waiting }: Line, process: NameOf) => ({
  holder: holder === null ? null : process('client', holder),
  token: Number(token),
  waiting: (clients: readonly unknown[]) => clients.length === waiting,
})

const stateOf = ({ at, n, token }: Line) => ({
  at: (state: unknown) => state === at,
  n: Number(n),
  token: Number(token),
})

function ofClient(line: Line, process: NameOf, action: string) {
  const client = process('client', line.node)
  return { steps: { process: client, action }, after: { [client]: stateOf(line) } }
}

function answered(line: Line, process: NameOf, type: 'Granted' | 'Released') {
  const client = process('client', line.node)
  return { steps: { process: client, receive: { type, n: Number(line.answers) } }, after: { [client]: stateOf(line) } }
}
