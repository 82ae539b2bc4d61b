/** Logs held against protocols: etcd's and P's, where ../shared/data has them, and a long one as a stream. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Answer, Entrant } from './entrant.ts'
import type { Question } from './question.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/conform/', import.meta.url))
const LOCK_SERVER = 'test/conform/lock-server/map.ts --locks'

/** What the issue of `conform` bounds by ten seconds, and by a gigabyte. */
export function heldLogs(): Question[] {
  const hasData = existsSync(DATA)
  const ofOthers = [
    ofFile("etcd's Raft, 4,888 events", 'etcd-raft-example.ndjson', 'examples/etcd-raft/map.ts', 'conforms'),
    ofFile("P's lock server, one lock", 'lock-server-10000-1_happy.txt', `${LOCK_SERVER} 1`, 'conforms'),
    ofFile("P's lock server, five locks", 'lock-server-10000-5_happy.txt', `${LOCK_SERVER} 5`, 'conforms'),
    ofFile("P's lock server, an error", 'lock-server-10000-1_error.txt', `${LOCK_SERVER} 1`, 'does not conform'),
  ]
  return [
    {
      title: 'logs, start-up included; distinct: states of the search; generated: events',
      time: 'user',
      netOfStartUp: false,
      entrants: [...(hasData ? ofOthers : []), long],
      label: 'model',
      ...(hasData ? {} : { remark: `${DATA} is not here: no rows of etcd's and P's logs` }),
    },
  ]
}

const ofFile = (model: string, file: string, map: string, verdict: string): Entrant =>
  held(model, `gunzip -c ${DATA}${file}.gz`, map, verdict)

/** That a lock is asked for and answered, again and again. */
const long = held(
  '240,000 lines',
  `node -e "${[
    "const line = (type, what) => 'MessageType=' + type + ', ClientID=1, LockID=0, TransactionType=' + what + ', Result=SUCCESS\\n'",
    "const round = ['LOCK', 'RELEASE'].map((what) => line('REQUEST', what) + line('RESPONSE', what)).join('')",
    "for (let i = 0; i < 60; i++) require('fs').writeSync(1, round.repeat(1000))",
  ]
    .join('; ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`,
  `${LOCK_SERVER} 1`,
  'conforms',
)

function held(model: string, lines: string, map: string, verdict: string): Entrant {
  return {
    tool: 'splitbrain',
    model,
    command: ['sh', '-c', `${lines} | node bin/verify.mjs conform - --map ${map} --json`],
    answerIn: (output) => conformAnswer(output, verdict),
    ...(verdict === 'conforms' ? {} : { exitCode: 1 }),
  }
}

export function conformAnswer(output: string, expected: string): Answer {
  const { verdict, states, events } = JSON.parse(output)
  if (verdict !== expected) throw new Error(`${verdict}, expected ${expected}`)
  return { distinct: states, generated: events }
}
