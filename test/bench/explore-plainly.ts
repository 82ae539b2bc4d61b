/** `explore-plainly raft --entries 0`: the tests' oracle on a protocol of the corpus, counting its calls. */
import { corpus } from '../../specs/index.ts'
import type { Body, Model } from '../../src/model.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import type { Answer } from './entrant.ts'

const [name, ...options] = process.argv.slice(2)
const protocol = await corpus[name!]!.protocol()
const parameters = Object.fromEntries(
  options.flatMap((option, i) => (option.startsWith('--') ? [[option.slice(2), Number(options[i + 1])]] : [])),
)

let calls = 0
const counted =
  (body: Body): Body =>
  (run) => {
    calls++
    return body(run)
  }
const model = protocol.instantiate(parameters)
const countedModel: Model = {
  ...model,
  initial: model.initial.map(({ process, body }) => ({ process, body: counted(body) })),
  rules: model.rules.map((rule) => ({ ...rule, body: counted(rule.body) })),
}
const { distinct, generated } = naiveExplore(countedModel)
process.stdout.write(JSON.stringify({ distinct, generated, calls } satisfies Answer))
