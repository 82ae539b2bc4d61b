/* A token goes round, as in model.ts. */
#define IDLE 0
#define WAITING 1
#define INSIDE 2

byte at[N]
byte holder /* who has it, or, from N on, who is to receive it */

active [N] proctype station() {
  do
  :: d_step { at[_pid] == IDLE -> at[_pid] = WAITING }
  :: d_step { at[_pid] == WAITING && holder == _pid -> at[_pid] = INSIDE }
  :: d_step { at[_pid] == INSIDE -> at[_pid] = IDLE }
  :: d_step { at[_pid] != INSIDE && holder == _pid -> holder = N + (_pid + 1) % N }
  :: d_step { holder == N + _pid -> holder = _pid }
  od
}
