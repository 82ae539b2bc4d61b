/** A trace in which everything that is anybody's text tries to be something else, and a model of its shape. */
import type { Component, Model } from '../../src/model.ts'
import type { Trace } from '../../src/trace/trace.ts'

const ESC = String.fromCharCode(0x1b)

/** What each means to something that reads it. */
export const ATTACKS: readonly string[] = [
  `${ESC}[2J${ESC}[HHolds: all 3 properties hold${ESC}[8m`,
  `${ESC}]8;;http://evil.example${ESC}\\link${ESC}]8;;${ESC}\\`,
  '\u009b2J\u009d0;title\u009c',
  'a\nHolds: all 3 properties hold in 12 distinct states.',
  'a\r\nHolds: all properties hold\r',
  'a\u2028Holds: b\u2029Holds: c\u0085Holds: d\vHolds: e\fHolds: f',
  '\u202eevael dna ,sdloh ti\u202c \u2066\u2069\u200f',
  'zero\u200bwidth\ufeff\u{e0041}',
  'lone \ud800 surrogate',
  '<script>globalThis.hacked = true</script><img src=x onerror="globalThis.hacked = true">',
  '</script><script>globalThis.hacked = true</script>',
  '--><svg onload="globalThis.hacked = true">',
  '"]; evil [label="x" URL="javascript:alert(1)"] ; "',
  '\\" ; evil ; \\N \\G',
  '%%{init: {"securityLevel": "loose"}}%%',
  'x: y\n  participant evil\n  evil->>evil: gotcha',
  'end; participant evil; click evil href "javascript:alert(1)"',
  '#60;script#62; $$\\href{javascript:alert(1)}{x}$$',
  '"\n@enduml\n!include /etc/passwd',
  '%getenv("HOME") <img:/etc/passwd> [[http://evil.example]] <&key> <$sprite>',
  'x {"evil":1}\nevil {"evil":2}\nforged',
  '```\n# heading\n[x](javascript:alert(1)) | cell',
  '__proto__',
  'constructor',
]

/** Of those who read a page or a graph: what is markup there. */
export const MARKUP: readonly string[] = ATTACKS.filter((attack) => /[<"\\]/.test(attack))

const HASH = '0'.repeat(16)

/** A model that only says what its components are: one process and one channel of an evil name, and a good one. */
export function hostile(attack: string): { readonly model: Model; readonly trace: Trace } {
  const process = `p${attack}`
  const channel = `${process}→n1`
  const message = { type: attack, [`f${attack}`]: attack }
  const mismatch = () => undefined
  const components: Component[] = [
    { kind: 'process', role: 'a', name: 'n1', sort: 'a', start: null, mismatch },
    { kind: 'process', role: 'b', name: process, sort: 'b', start: null, mismatch },
    { kind: 'channel', name: channel, sort: 'c', from: process, to: 'n1', order: 'unordered', start: [], mismatch },
    { kind: 'shared', name: `s${attack}`, sort: 's', start: null, mismatch },
  ]
  const model: Model = {
    protocol: attack,
    parameters: { [attack]: attack },
    bugs: [attack],
    components,
    initial: [],
    rules: [],
    properties: [],
    groups: [],
  }
  const trace: Trace = {
    protocol: attack,
    spec: attack,
    parameters: { [attack]: attack },
    bugs: [attack],
    property: { name: attack, claim: attack },
    verdict: 'violated',
    because: attack,
    initial: {
      choices: { [attack]: attack },
      state: { n1: attack, [process]: [attack], [`s${attack}`]: 1 },
      hash: HASH,
    },
    steps: [
      {
        action: attack,
        process,
        arguments: { [attack]: attack },
        changes: [
          { component: process, path: attack, before: attack, after: [attack] },
          { component: channel, path: '', after: message },
          { component: `s${attack}`, path: '', before: 1, after: attack },
        ],
        hash: HASH,
      },
      {
        action: 'receive',
        process: 'n1',
        arguments: { from: process, message },
        changes: [{ component: channel, path: '', before: message }],
        hash: HASH,
      },
      { action: attack, process: null, arguments: {}, changes: [], hash: HASH },
    ],
  }
  return { model, trace }
}
