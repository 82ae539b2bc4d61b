/* The sliding puzzle, as in model.ts: 0 is the hole. */
byte board[9] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 }

#define SLIDE(from, to) :: d_step { board[to] == 0 -> board[to] = board[from]; board[from] = 0 }
#define BOTH(i, j) SLIDE(i, j) SLIDE(j, i)

active proctype hand() {
  do
  BOTH(0, 1) BOTH(1, 2) BOTH(3, 4) BOTH(4, 5) BOTH(6, 7) BOTH(7, 8)
  BOTH(0, 3) BOTH(3, 6) BOTH(1, 4) BOTH(4, 7) BOTH(2, 5) BOTH(5, 8)
  od
}
