/** The sliding puzzle: all of the state is one value, and no two states have a part in common. */
import { always, declare, disabled, protocol, z } from 'splitbrain'

const puzzle = declare({
  name: 'eight-puzzle',
  summary: 'a sliding puzzle of three rows',
  sources: ['Johnson & Story 1879, Notes on the 15 puzzle'],
  roles: {},
  shared: { board: z.array(z.int().min(0)).default([]) },
})

export default protocol(puzzle, () => ({
  population: {},
  start: {
    environment({ shared }) {
      shared.board = Array.from({ length: 9 }, (_, i) => i)
    },
  },
  actions: {
    environment: {
      slide({ shared, choose }) {
        const direction = choose('direction', ['up', 'down', 'left', 'right'])
        const hole = shared.board.indexOf(0)
        const [row, column] = [Math.floor(hole / 3), hole % 3]
        const [rows, sideways] = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1] }[direction] as [
          number,
          number,
        ]
        if (row + rows < 0 || row + rows >= 3 || column + sideways < 0 || column + sideways >= 3) return disabled
        const from = (row + rows) * 3 + column + sideways
        shared.board[hole] = shared.board[from]!
        shared.board[from] = 0
      },
    },
  },
  properties: {
    oneHole: always('there is one hole', ({ shared }) => shared.board.filter((tile) => tile === 0).length === 1),
  },
}))
