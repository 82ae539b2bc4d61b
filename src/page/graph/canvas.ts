/** Draws the graph with sigma, and tells what the mouse does there. Everything in it can be had by keys in the panel. */
import forceAtlas2 from 'graphology-layout-forceatlas2'
import Sigma from 'sigma'
import { element } from '../element.ts'
import type { GraphView } from './graph-view.ts'
import { type Dot, type Line, membersOf, type Picture, pictureOf } from './picture.ts'

const FAINT_DARK = '#2c333d'
const FAINT_LIGHT = '#e4e7eb'
const ITERATIONS = 150
/** Pixels: a label takes about so many, and few cells get more than one. */
const LABEL_ROOM = 240

const WITHOUT_WEBGL =
  'The picture needs WebGL, and this browser has none, or has it turned off. The panel tells the same, state by state.'

function hasWebGl(): boolean {
  const probe = document.createElement('canvas')
  return probe.getContext('webgl2') !== null || probe.getContext('webgl') !== null
}

export function canvas(view: GraphView): HTMLElement {
  if (!hasWebGl())
    return element('div', { class: 'stage' }, element('p', { class: 'missing', role: 'status' }, WITHOUT_WEBGL))
  const frame = element('div', {
    class: 'frame',
    role: 'img',
    'aria-label': 'The state graph; the panel tells the same',
  })
  const card = element('div', { class: 'card', 'aria-hidden': 'true', hidden: true })
  const { data } = view.states
  const members = membersOf(data)
  /** The state that a node of the picture stands for: of a component, the one found first. */
  const stateOf = (name: string): number =>
    name.startsWith('c') ? members.get(Number(name.slice(1)))![0]! : Number(name.slice(1))
  let picture: Picture = pictureOf(data, false)
  let drawnAs = ''
  let sigma: Sigma<Dot, Line> | undefined

  const start = () => {
    const ink = getComputedStyle(document.body)
    sigma?.kill()
    const made = new Sigma<Dot, Line>(picture, frame, {
      allowInvalidContainer: true,
      labelColor: { color: ink.color },
      labelSize: 12,
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.4,
      labelGridCellSize: LABEL_ROOM,
      defaultEdgeType: 'arrow',
      zIndex: true,
      minEdgeThickness: 0.8,
      defaultDrawNodeHover: () => {}, // the card says more
      nodeReducer: (name, dot) => ({ ...dot, ...lookOf(name) }),
      edgeReducer: (edge, line) => ({ ...line, ...edgeLookOf(edge) }),
    })
    sigma = made
    made.on('clickNode', ({ node }) => view.select(stateOf(node)))
    made.on('clickStage', () => view.select(undefined))
    made.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      view.select(stateOf(node))
      view.expand()
    })
    made.on('enterNode', ({ node, event }) => {
      view.change({ hovered: stateOf(node) })
      place(card, event, frame)
    })
    made.on('leaveNode', () => view.change({ hovered: undefined }))
  }
  const faint = () => (isDark() ? FAINT_DARK : FAINT_LIGHT)
  const lookOf = (name: string) => {
    const states = name.startsWith('c') ? members.get(Number(name.slice(1)))! : [Number(name.slice(1))]
    const isSelected = view.selected !== undefined && states.includes(view.selected)
    const isShown = view.shown === undefined || states.some((node) => view.shown!.has(node))
    const isFound = view.found === undefined || states.some((node) => view.found!.has(node))
    return {
      hidden: !isShown,
      ...(isFound ? {} : { color: faint(), label: '', zIndex: -1 }),
      ...(isFound && view.found !== undefined ? { size: 9, zIndex: 1 } : {}),
      ...(isSelected ? { size: 13, forceLabel: true, highlighted: true, zIndex: 2 } : {}),
    }
  }
  const edgeLookOf = (edge: string) => {
    const [from, to] = picture.extremities(edge).map(stateOf)
    const isNear = view.selected !== undefined && (from === view.selected || to === view.selected)
    if (isNear) return { size: 3, zIndex: 1 }
    const isFaint =
      view.found !== undefined || (view.selected !== undefined && !picture.getEdgeAttribute(edge, 'isOnPath'))
    return isFaint ? { color: faint() } : {}
  }
  const draw = () => {
    const asked = `${view.isCollapsed} ${view.layout}`
    if (asked !== drawnAs) {
      picture = pictureOf(data, view.isCollapsed)
      if (view.layout === 'forces')
        forceAtlas2.assign(picture, { iterations: ITERATIONS, settings: forceAtlas2.inferSettings(picture) })
      start()
      drawnAs = asked
    }
    tellHovered(card, view)
    sigma!.refresh({ skipIndexation: true })
  }
  const recolour = () => {
    if (sigma === undefined) return
    sigma.setSetting('labelColor', { color: getComputedStyle(document.body).color })
  }
  let centred: number | undefined
  requestAnimationFrame(() => {
    view.watch(() => {
      draw()
      if (view.selected !== undefined && view.selected !== centred) centre(view.selected)
      centred = view.selected
    })
  })
  const centre = (node: number) => {
    const name = picture.hasNode(`s${node}`) ? `s${node}` : `c${data.nodes[node]!.component}`
    const { x, y } = sigma!.getNodeDisplayData(name)!
    void sigma!.getCamera().animate({ x, y }, { duration: matchMedia('(prefers-reduced-motion)').matches ? 0 : 250 })
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour)
  new MutationObserver(recolour).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme'],
  })
  return element('div', { class: 'stage' }, frame, card)
}

const isDark = (): boolean => {
  const { theme } = document.documentElement.dataset
  return theme === 'dark' || (theme === undefined && matchMedia('(prefers-color-scheme: dark)').matches)
}

/** Beside the mouse, and within the frame. */
function place(card: HTMLElement, { x, y }: { x: number; y: number }, frame: HTMLElement): void {
  const isRight = x > frame.clientWidth / 2
  card.style.left = isRight ? '' : `${x + 16}px`
  card.style.right = isRight ? `${frame.clientWidth - x + 16}px` : ''
  card.style.top = `${Math.min(y, frame.clientHeight - 120)}px`
}

/** The state under the mouse: how it came about, and how it differs from the one before. */
function tellHovered(card: HTMLElement, { hovered, states }: GraphView): void {
  card.hidden = hovered === undefined
  if (hovered === undefined) return
  const { facts } = states.data.nodes[hovered]!
  const origin = states.originOf(hovered)
  card.replaceChildren(
    element('strong', {}, `State ${hovered}`),
    ` · ${facts.join(' · ')}`,
    ...(origin === undefined ? [] : [element('p', {}, states.stepOf(origin))]),
    ...states.differencesOf(hovered).map((text) => element('div', { class: 'tree' }, text)),
  )
}
