/** A plain table: a head line, columns as wide as their widest cell, two spaces between them. */

export interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => string
  readonly align: 'left' | 'right'
}

export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))]
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]!.length)))
  const padded = (cell: string, i: number) =>
    columns[i]!.align === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)
  return lines.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n')
}
