/* Dining philosophers, as in model.ts: the last of the N takes the forks the other way round. */
bool taken[N]

#define FIRST (_pid == N - 1 -> 0 : _pid)
#define SECOND (_pid == N - 1 -> _pid : _pid + 1)

active [N] proctype philosopher() {
thinking:
  true;
  d_step { !taken[FIRST] -> taken[FIRST] = true };
  d_step { !taken[SECOND] -> taken[SECOND] = true };
  taken[FIRST] = false;
  taken[SECOND] = false;
  goto thinking
}
