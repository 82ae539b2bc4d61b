/**
 * One self-contained HTML file: the page's style, its code and its data, all inside. Its content security policy
 * forbids the network, so that what it shows about a protocol that is nobody else's business stays where it is opened.
 */
import { oneLine, visible, visibleLines } from '../value/visible.ts'
import { type PageName, pageCode } from './page-code.ts'

export interface PageContent {
  readonly title: string
  /** In a sentence: what a preview of the file shows. */
  readonly description: string
  /** What the page is about, as JSON. */
  readonly data: object
  /** The same as text, for readers that run no scripts. */
  readonly withoutScript: string
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"

export async function htmlPage(name: PageName, content: PageContent): Promise<string> {
  const { script, style } = await pageCode(name)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="splitbrain">
<meta name="description" content="${escaped(oneLine(content.description))}">
<title>${escaped(oneLine(content.title))}</title>
<style>
${style.replaceAll('</', '<\\/')}</style>
</head>
<body>
<noscript><pre>${escaped(visibleLines(content.withoutScript))}</pre></noscript>
<script type="application/json" id="data">${inScript(content.data)}</script>
<script>
${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text and attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!)

/** JSON that cannot end the element it stands in, whatever a protocol's strings say. */
const inScript = (data: object): string => visible(JSON.stringify(data)).replaceAll('<', '\\u003c')
