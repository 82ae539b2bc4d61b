/** State graphs as files of other programs: Graphviz, Gephi, yEd, and whatever reads graphology's JSON. */
import { visible } from '../value/visible.ts'
import type { EdgeAttributes, NodeAttributes, Portrait } from './portrait.ts'

export const FORMATS = ['html', 'dot', 'gexf', 'graphml', 'json'] as const

export type Format = (typeof FORMATS)[number]

export function fileText(portrait: Portrait, format: Exclude<Format, 'html'>): string {
  switch (format) {
    case 'dot':
      return dotText(portrait)
    case 'gexf':
      return gexfText(portrait)
    case 'graphml':
      return graphmlText(portrait)
    case 'json':
      return `${JSON.stringify(portrait.export(), null, 1)}\n`
  }
}

/** Graphviz: `dot -Tsvg`. The path of a trace is drawn bold. */
function dotText(portrait: Portrait): string {
  const nodes = portrait.mapNodes((node, { label, color, initial, end, onPath }) => {
    const shape = initial ? 'box' : end ? 'doublecircle' : 'ellipse'
    const bold = onPath === undefined ? '' : ', penwidth=4'
    return `  ${node} [label=${quoted(label)}, shape=${shape}, style=filled, fillcolor="${color}", fontcolor="${inkOn(color)}"${bold}]`
  })
  const edges = portrait.mapEdges((_, { label, onPath }, from, to) => {
    return `  ${from} -> ${to} [label=${quoted(label)}${onPath ? ', penwidth=3, color="#c53030"' : ''}]`
  })
  return ['digraph states {', '  node [fontname="sans-serif"]', ...nodes, ...edges, '}', ''].join('\n')
}

const quoted = (text: string): string =>
  `"${visible(text).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** Black or white, whichever can be read on this ground. */
function inkOn(colour: string): string {
  const [red, green, blue] = channelsOf(colour)
  return 0.3 * red + 0.59 * green + 0.11 * blue > 140 ? 'black' : 'white'
}

function channelsOf(colour: string): readonly [number, number, number] {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return [red!, green!, blue!]
}

type Kind = 'string' | 'integer' | 'boolean'

const NODE_FIELDS = {
  depth: 'integer',
  initial: 'boolean',
  end: 'boolean',
  leadsOut: 'boolean',
  component: 'integer',
  holds: 'boolean',
  onPath: 'integer',
} satisfies Partial<Record<keyof NodeAttributes, Kind>>

const EDGE_FIELDS = { kind: 'string', onPath: 'boolean' } satisfies Partial<Record<keyof EdgeAttributes, Kind>>

/** GEXF 1.3, as Gephi reads it, with places and colours. */
function gexfText(portrait: Portrait): string {
  const declared = (about: string, fields: Readonly<Record<string, Kind>>) => [
    `  <attributes class="${about}">`,
    ...Object.entries(fields).map(([name, kind]) => `   <attribute id="${name}" title="${name}" type="${kind}"/>`),
    '  </attributes>',
  ]
  const values = (attributes: object, fields: object) =>
    told(attributes, fields).map(([name, value]) => `<attvalue for="${name}" value="${escaped(value)}"/>`)
  const nodes = portrait.mapNodes((node, attributes) => {
    const [red, green, blue] = channelsOf(attributes.color)
    const look = `<viz:color r="${red}" g="${green}" b="${blue}"/><viz:position x="${attributes.x}" y="${attributes.y}" z="0"/>`
    const said = `<attvalues>${values(attributes, NODE_FIELDS).join('')}</attvalues>`
    return `   <node id="${node}" label="${escaped(attributes.label)}">${said}${look}</node>`
  })
  const edges = portrait.mapEdges((edge, attributes, from, to) => {
    const said = `<attvalues>${values(attributes, EDGE_FIELDS).join('')}</attvalues>`
    return `   <edge id="${escaped(edge)}" source="${from}" target="${to}" label="${escaped(attributes.label)}">${said}</edge>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    ' <graph defaultedgetype="directed">',
    ...declared('node', NODE_FIELDS),
    ...declared('edge', EDGE_FIELDS),
    '  <nodes>',
    ...nodes,
    '  </nodes>',
    '  <edges>',
    ...edges,
    '  </edges>',
    ' </graph>',
    '</gexf>',
    '',
  ].join('\n')
}

/** GraphML, as yEd, NetworkX and Gephi read it. */
function graphmlText(portrait: Portrait): string {
  const names = { string: 'string', integer: 'int', boolean: 'boolean' } as const
  const declared = (about: 'node' | 'edge', fields: Readonly<Record<string, Kind>>) =>
    Object.entries(fields).map(
      ([name, kind]) => ` <key id="${about}-${name}" for="${about}" attr.name="${name}" attr.type="${names[kind]}"/>`,
    )
  const values = (about: 'node' | 'edge', attributes: object, fields: object) =>
    told(attributes, fields).map(([name, value]) => `<data key="${about}-${name}">${escaped(value)}</data>`)
  const nodeFields = { label: 'string', color: 'string', ...NODE_FIELDS } as const
  const edgeFields = { label: 'string', ...EDGE_FIELDS } as const
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...declared('node', nodeFields),
    ...declared('edge', edgeFields),
    ' <graph id="states" edgedefault="directed">',
    ...portrait.mapNodes(
      (node, attributes) => `  <node id="n${node}">${values('node', attributes, nodeFields).join('')}</node>`,
    ),
    ...portrait.mapEdges(
      (_, attributes, from, to) =>
        `  <edge source="n${from}" target="n${to}">${values('edge', attributes, edgeFields).join('')}</edge>`,
    ),
    ' </graph>',
    '</graphml>',
    '',
  ].join('\n')
}

/** The attributes that are there, in the order of the fields. */
function told(attributes: object, fields: object): (readonly [name: string, value: string])[] {
  const known = attributes as Readonly<Record<string, unknown>>
  return Object.keys(fields).flatMap((name) =>
    known[name] === undefined ? [] : [[name, String(known[name])] as const],
  )
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For XML, which has no place for most control characters. */
const escaped = (text: string): string => visible(text).replace(/[&<>"]/g, (character) => ENTITIES[character]!)
