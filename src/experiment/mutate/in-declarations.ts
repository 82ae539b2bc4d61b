/** What is declared durable, as volatile: it is written to memory where it should be on disk. */
import { fieldsOf, type Node } from '../../source/syntax.ts'
import { SWITCH } from './mutant.ts'
import type { Place } from './place.ts'
import { nameOf } from './scopes.ts'

/** @param placeOf by the field */
export function declarationMutants(declaration: Node, placeOf: (field: Node) => Place): void {
  const roles = fieldsOf(declaration).find(({ name }) => name === 'roles')?.value
  for (const { value: role } of fieldsOf(roles)) if (role?.type === 'ObjectExpression') durables(role, placeOf)
}

function durables(role: Node, placeOf: (field: Node) => Place): void {
  const parts = role.properties as Node[]
  const named = (wanted: string) => parts.find(({ key }) => nameOf(key as Node | undefined) === wanted)
  const durable = named('durable')
  const volatile = named('volatile')?.value as Node | undefined
  if ((durable?.value as Node | undefined)?.type !== 'ObjectExpression') return
  const into = volatile?.type === 'ObjectExpression' ? volatile : undefined
  for (const field of (durable!.value as Node).properties as Node[]) {
    const { start, end } = field
    const place = placeOf(field)
    const text = place.text.slice(start, end)
    const at = into === undefined ? durable!.end : into.start + 1
    const moved = into === undefined ? `, volatile: { ${text} }` : ` ${text},`
    const given = into === undefined ? `{ volatile: { ${text} } }` : `{ ${text} }`
    place.add(
      'durable as volatile',
      (key) => [
        { start, end, open: `...(${SWITCH}(${key}) ? {} : { `, close: ' })' },
        {
          start: at,
          end: at,
          open:
            into === undefined ? `, ...(${SWITCH}(${key}) ? ${given} : {})` : `...(${SWITCH}(${key}) ? ${given} : {}),`,
          close: '',
        },
      ],
      [
        { start, end, text: '' },
        { start: at, end: at, text: moved },
      ],
    )
  }
}
