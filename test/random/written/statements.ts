/** What written specs do to the state: every place is changed where it stands, replaced, or shared with another. */
import type { Rules } from './grammar.ts'

const SIMPLE = [
  ...['@int! = cap($int)', '@int! = cap(@int! + 1)', '@int! = $lit', '@int! = cap(@int! - 1)', '@int! ||= $lit'],
  ...['@bool! = $bool', '@bool! = !@bool!', '@bool! ||= $bool', '@bool! &&= $bool'],
  ...["@mode! = 'busy'", "@mode! = $bool ? 'idle' : 'done'", '@mode! = MODES[(MODES.indexOf(@mode!) + 1) % 3]'],
  ...['@who! = $id', '@who! = null', '@who! ??= $id', '@who! = @who! === $id ? null : $id'],
  'if (@int! > 0) @int!--; else @int! = $lit',
  "[@int!, @int!'] = [@int!', @int!]",
]

const LISTS = [
  ...[
    '@list! = $list',
    '@list! = $list',
    'push(@list!, cap($int))',
    '@list!.pop()',
    '@list!.shift()',
    '@list!.reverse()',
  ],
  ...[
    '@list!.sort()',
    '@list!.sort((p, q) => q - p)',
    '@list!.sort((p, q) => p > q)',
    '@list!.length = Math.min(1, @list!.length)',
    '@list!.splice(0, 1)',
  ],
  ...[
    '@list!.splice(0, @list!.length, cap($int))',
    '@list!.fill(cap($int))',
    'if (@list!.length > 0) @list![0] = cap($int)',
  ],
  ...['@list!.unshift(cap($int)); @list!.length = Math.min(2, @list!.length)', '@list!.copyWithin(0, 1)'],
  'if (@list!.length === 2) [@list![0], @list![1]] = [@list![1], @list![0]]',
  "@list! = @list!'; push(@list!', cap($int))",
  'const ~l = @list!; @list! = [cap($int)]; push(~l, 2)',
  'for (const [~i, ~n] of @list!.entries()) @list![~i] = cap(~n + 1)',
  '@list!.forEach((n, i, all) => { all[i] = cap(n * 2) })',
  'const [~f = 1, ...~r] = @list!; @list! = [...~r, ~f]',
  'push(@list!, cap($int)); push(@list!, @list!.length - 1)',
  'if (@list!.includes($int)) @list!.splice(@list!.indexOf($int) >>> 0, 1)',
  '@list!.push(...@list!.splice(0, 1))',
]

const ROWS = [
  ...[
    '@rows! = $rows',
    '@rows! = $rows',
    'push(@rows!, $row)',
    '@rows!.pop()',
    '@rows!.sort((p, q) => p.k - q.k)',
    '@rows!.reverse()',
  ],
  ...[
    '@row!.k = cap($int)',
    'push(@row!.l, cap($int))',
    '@row!.l = $list',
    'delete @row!.by',
    '@row!.by = $id',
    '@row!.k = cap(@row!.k + 1)',
  ],
  'const ~r = @rows!.find(({ k }) => k === $lit); if (~r) { <~r:row> $quiet }',
  'for (const ~r of @rows!) { <~r:row> $quiet }',
  'for (const ~r of [...@rows!]) { <~r:row> if (~r.k > $lit) continue; $quiet break }',
  'for (let { l: ~l } of @rows!) { <~l:list> $quiet }',
  'if (@rows![0]) @rows![0].l = @list!',
  'if (@rows!.length > 1) [@rows![0], @rows![1]] = [@rows![1], @rows![0]]',
  "push(@rows!, @rows!'[0] ?? { k: 1, l: [] })",
  'const ~b = best(@rows!); if (~b) { <~b:row> $quiet }',
  'const ~a = @rows!; @rows! = ~a.filter((row) => row !== ~a[0]); if (~a[0]) ~a[0].k = 2',
  '@rows!.splice(@rows!.findIndex(({ k }) => k === $lit) >>> 0, 1)',
  'Object.assign(@rows![0] ?? {}, { k: cap($int) })',
  'const ~m = new Map(@rows!.map((row) => [row.k, row])); for (const ~r of ~m.values()) { <~r:row> $quiet }',
]

const SETS = [
  ...['@names! = $names', '@names!.add($key)', '@names!.add($id)', '@names!.delete($key)', '@names!.clear()'],
  'if (!@names!.delete($key)) @names!.add($key)',
  'for (const ~n of @names) @names!.add(~n)',
  'for (const ~n of [...@names!]) if (~n !== $key) @names!.delete(~n)',
  "@names! = @names!'; @names!'.add($key)",
  "[@names!, @names!'] = [@names!', @names!]",
  '@names!.forEach((name) => { if (name > $key) @names!.delete(name) })',
  'const ~had = @names!.size; @names!.add($key); if (@names!.size === ~had) { $quiet }',
  '@names!.delete($key); @names!.add($key); const [~first] = @names!; if (~first === $key) { $quiet }',
  ...['@votes! = $votes', '@votes!.add([$id, cap($int)])', '@votes!.delete([$id, $lit])', '@votes!.clear()'],
  'for (const [~by, ~n] of [...@votes!]) if (~by === $id) @votes!.delete([~by, ~n])',
  'for (const ~v of [...@votes!]) { @votes!.delete(~v); @votes!.add([~v[0], cap(~v[1] + 1)]) }',
  "@votes! = @votes!'; @votes!'.add([$key, 0])",
]

const RECORDS = [
  ...[
    '@book! = $book',
    '@book![$key] = cap($int)',
    'delete @book![$key]',
    '@book![$key] ??= $lit',
    "delete @book!['x']",
  ],
  '@book![$key] = cap((@book![$key] ?? 0) + 1)',
  'for (const ~k of Object.keys(@book!)) @book![~k] = cap(@book![~k] + 1)',
  'for (const ~k in @book!) if (@book![~k] === 0) delete @book![~k]',
  'for (const [~k, ~n] of Object.entries(@book!)) { <~k:key> if (~n > $lit) break; $quiet }',
  'Object.assign(@book!, { [$key]: cap($int) })',
  'for (const ~k in @book!) { delete @book!.x; <~k:key> $quiet }',
  'const ~k = Object.keys(@book!).at(-1); if (~k !== undefined) { delete @book![~k]; @book![~k] = cap($int) }',
  "@book! = @book!'; @book!'[$key] = 1",
  'const { x: ~x = 0, ...~o } = @book!; @book! = ~o; @book!.y = cap(~x)',
  '@book![$key] = 1; @book![$key] = 2; const [~f] = Object.keys(@book!); if (~f === $key) { $quiet }',
  ...[
    '@shelf! = $shelf',
    '@shelf![$key] = { n: cap($int), l: $list }',
    'delete @shelf![$key]',
    '(@shelf![$own] ??= { n: 0, l: [] }).n = cap($int)',
  ],
  'push((@shelf![$own] ??= { n: 1, l: [] }).l, cap($int))',
  'for (const ~v of Object.values(@shelf!)) ~v.n = cap(~v.n + 1)',
  'if (Object.hasOwn(@shelf!, $key)) { const ~t = @shelf![$key]; delete @shelf![$key]; @shelf!.y = ~t; ~t.n = 2 }',
]

const TREES = [
  ...[
    '@tree! = $tree',
    '@tree! = $tree',
    '@tree!.x = cap($int)',
    '@tree!.kid.y = cap($int)',
    '@tree!.opt = cap($int)',
    'delete @tree!.opt',
  ],
  ...['@tree!.kid = { ...@tree!.kid, y: cap($int) }', '@tree!.kid.list = $list', 'push(@tree!.kid.list, cap($int))'],
  "@tree! = @tree!'; @tree!'.x = cap($int)",
  "@tree!.kid = @tree!'.kid; @tree!.kid.y = cap($int)",
  "[@tree!, @tree!'] = [@tree!', @tree!]",
  'const ~t = @tree!; @tree! = seed(); ~t.x = 2; @tree!.kid.y = ~t.kid.y',
  'const { kid: ~k, ...~r } = @tree!; @tree! = { ...~r, kid: { ...~k, list: [] } }; ~k.y = 0',
  'Object.assign(@tree!, { x: cap($int), opt: 0 })',
  'let { list: ~l } = @tree!.kid; <<~l:list>>',
  '@tree!.opt ??= $lit; @tree!.opt = cap(@tree!.opt + 1)',
  '{ const ~a = @tree!; const ~f = (~t) => { <~t:tree> $quiet return ~t }; ~f(~a) }',
  '@tree!.kid.list = @list!; push(@list!, cap($int))',
  ...[
    '@any! = $any',
    '@any! = $any',
    'if (@any! instanceof Set) @any!.add(0)',
    'if (@any! instanceof Set) @any!.delete($odd)',
    'if (@any! instanceof Set && @any!.size < 2) @any!.add($odd)',
    'if (Array.isArray(@any!)) @any!.length = 0',
  ],
  "if (kindOf(@any!) === 'object') @any!.a = cap($int); else @any! = { a: 1 }",
]

const LOCALS = [
  'const ~v = $int; <<~v:int>>',
  'const ~b = $bool; <<~b:bool>>',
  'const ~k = $key; <<~k:key>>',
  'let ~l = @list!; <<~l:list>>',
  'const ~r = @rows!.at(-1) ?? { k: 0, l: [] }; <<~r:row>>',
  'let ~t = @tree!; <<~t:tree>>',
  'let ~t = { ...@tree!, kid: { ...@tree!.kid } }; <<~t:tree>>',
  'let ~s = 0; for (const ~n of @list) { if (~n === $lit) break; ~s += ~n } <<~s:int>>',
]

const FLOW = [
  'if ($bool) { $some }',
  'if ($bool) { $some } else { $some }',
  'if ($bool) return disabled',
  'if ($bool) return',
  'if ($bool) throw disabled',
  "let ~c = 2; try { ~c = choose('~c', @list) } catch { $quiet } <<~c:int>>",
  "switch (@mode) { case 'idle': { $some break } case 'busy': { $one } default: { $one } }",
  'for (const ~n of [...@list]) { <~n:int> if (~n === $lit) continue; $one }',
  '~o: for (const ~n of [0, 1]) { <~n:int> for (const ~q of [...@list]) { <~q:int> if (~n === ~q) continue ~o; $quiet } }',
  'for (let ~i = 0; ~i < 2; ~i++) { <~i:int> if ($bool) break; $one }',
  'for (const ~n of [...@list]) { <~n:int> if (~n > $lit) return; $quiet }',
  '[1, 0].forEach((~n) => { <~n:int> $quiet })',
  'try { if ($bool) throw new Error(`no`); $quiet } catch { $quiet }',
  "try { JSON.parse($bool ? '{' : '{}'); $quiet } catch (error) { if (!(error instanceof SyntaxError)) throw error; $quiet } finally { $quiet }",
  'const ~f = () => { $quiet }; ~f(); if ($bool) ~f()',
  "const ~c = choose('~c', [0, 1]); <<~c:int>>",
  "const ~c = choose('~c', [$int, $int, $int].map(cap)); <<~c:int>>",
  "const ~c = choose('~c', @list); <<~c:int>>",
  "const ~c = choose('~c', [true, false]); <<~c:bool>>",
  "if (choose('~c', [$bool, true])) { $some }",
  "const ~c = choose('~c', @rows!); <<~c:row>>",
  "const ~c = choose('~c', [...@names]); <<~c:key>>",
  "const ~c = choose('~c', Object.keys(@book)); <<~c:key>>",
  "const [~k, ~n] = choose('~c', Object.entries(@book)); <<~k:key>><<~n:int>>",
  "const ~c = choose('~c', [[$id, cap($int)], [$id, 0]]); <<~c:pair>>",
  "const ~c = choose('~c', [{ k: $lit, l: [] }, { l: [], k: 0 }]); <<~c:row>>",
  "let ~c = choose('~c', [@tree!, @tree!']); <<~c:tree>>",
  'for (const [~i] of [...@list].entries()) if (choose(`~c$' + '{~i}`, [false, true])) { <~i:int> $quiet }',
  'for (const ~n of [0, 1]) { <~n:int> if (choose(`~c$' + "{~n}`, ['stop', 'go']) === 'stop') break; $quiet }",
  "const ~c = choose('~c', [$lit]); <<~c:int>>",
]

const QUIET = [...SIMPLE, ...SIMPLE, ...LISTS, ...ROWS, ...SETS, ...RECORDS, ...TREES]

export const STATEMENTS: Rules = {
  quiet: [...QUIET.map((text) => `{ ${text} }`), 'if ($bool) { $quiet }', '{}'],
  statement: [...QUIET, ...QUIET, ...LOCALS, ...FLOW, ...FLOW, ...FLOW],
}
