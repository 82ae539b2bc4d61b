/* Peterson's lock for N processes, as in model.ts: who came to a level last is 1 more than its place. */
byte level[N], next[N], last[N]

#define MAY_PASS (next[_pid] == _pid || last[level[_pid]] != _pid + 1 || level[next[_pid]] < level[_pid])

active [N] proctype process() {
outside:
  level[_pid] = 1;
yielding:
  last[level[_pid]] = _pid + 1;
looking:
  if
  :: d_step { next[_pid] < N - 1 && MAY_PASS -> next[_pid] = next[_pid] + 1 }; goto looking
  :: d_step { next[_pid] == N - 1 && level[_pid] < N - 1 && MAY_PASS -> next[_pid] = 0 }
  :: d_step { next[_pid] == N - 1 && level[_pid] == N - 1 && MAY_PASS -> next[_pid] = 0 }; goto inside
  fi;
  level[_pid] = level[_pid] + 1;
  goto yielding;
inside:
  level[_pid] = 0;
  goto outside
}
