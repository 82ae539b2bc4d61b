/** What a written spec has, by its text: so that a test can tell what was tried, and how often. */

const FEATURES: Readonly<Record<string, RegExp>> = {
  histories: /\boperations: \{/,
  clocks: /\btick\(a,/,
  crashes: /\bcrash: /,
  'crashes amid sends': /\bcrash: [\s\S]*\bsend\((?:self|peers|ids|new Set|[a-z]\d)/,
  'restart later': /restart: 'later'/,
  'restart at once': /restart: 'at once'/,
  'no restart': /restart: 'never'/,
  partitions: /\bpartition: /,
  'one way': /oneWay: true/,
  'by links': /cut: 'links'/,
  'no heal': /heal: 'never'/,
  losses: /\blose: /,
  duplicates: /\bduplicate: /,
  pauses: /\bpause: /,
  'unlimited faults': /'unlimited'/,
  'several budgets': /\b(crash|lose|duplicate): \[/,
  fifo: /'fifo'/,
  'a set': /network: .*'set'/,
  capacity: /\bcapacity: /,
  'two roles': /\nb: \{/,
  'a role of nobody': /population: [^\n]*: 0/,
  'one process': /population: \{ a: 1 \}/,
  choices: /\bchoose\('/,
  'choices in loops': /\bchoose\(`/,
  'looks at others': /\bread\(/,
  'optional actions': /\bmay\(/,
  environment: /\bit\.id\b|\btick\(/,
  'weak fairness': /weak: \[['[]/,
  'strong fairness': /strong: \[['[]/,
  'fairness of several as one': /(weak|strong): \[[^\]]*\['/,
  'fairness of choices': /\([a-z]+\)'/,
  'parameter 0': /size: [^\n]*default\(0\)/,
  'of each': /\bforEach\('/,
  until: /\bltl\.until\(/,
  clones: /\bstructuredClone\(/,
  'many starts': /choose\('(me|shared) /,
  'what is thrown': /\bthrow new\b/,
}

export function featuresOf(text: string): string[] {
  const own = text.slice(text.indexOf('\nreturn protocol('))
  return Object.entries(FEATURES).flatMap(([name, pattern]) => (pattern.test(own) ? [`has ${name}`] : []))
}
