/** Makes elements of HTML and SVG. Text goes in as text, never as markup: a protocol's strings are anybody's. */

type Attribute = string | number | boolean | undefined | ((event: Event) => void)

export type Attributes = Readonly<Record<string, Attribute>>

export type Child = Node | string | undefined

/** `false` and `undefined` leave an attribute out; a function listens to the event that the name says: `onclick`. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children)
}

export function drawing<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

function filled<E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

/** The data that report/html-page.ts put into the file. */
export const pageData = <T>(): T => JSON.parse(document.getElementById('data')!.textContent!) as T
