/*
 * Chang & Roberts' election, as in model.ts. A message is one byte: the place, and N more in a leader's. A channel never
 * holds more than N: each candidate's is in one place at a time.
 */
#define ASLEEP 0
#define CANDIDATE 1
#define PASSIVE 2
#define LEADER 3

byte at[N], leader[N]  /* leader: 1 more than its place */
chan to[N] = [N] of { byte }
byte m

#define NEXT to[(_pid + N - 1) % N]

active [N] proctype node() {
  do
  :: d_step { at[_pid] == ASLEEP -> at[_pid] = CANDIDATE; NEXT!_pid }
  :: d_step { to[_pid]?m ->
       if
       :: m < N && m > _pid -> at[_pid] = PASSIVE; NEXT!m
       :: m < _pid && at[_pid] == ASLEEP -> at[_pid] = CANDIDATE; NEXT!_pid
       :: m < _pid && at[_pid] != ASLEEP
       :: m == _pid -> at[_pid] = LEADER; leader[_pid] = _pid + 1; NEXT!(_pid + N)
       :: m >= N && m - N != _pid -> leader[_pid] = m - N + 1; NEXT!m
       :: m - N == _pid
       fi;
       m = 0 }
  od
}
