/* Jobs and leases on them, as in model.ts. by and job: 1 more than a place, 0 is none. `spin -DJOBS=3 -DSTAFF=3 -a`. */
#define QUEUED 0
#define LEASED 1
#define DONE 2
#define DEAD 3
#define LEASE 2
#define ATTEMPTS 2

byte at[JOBS], by[JOBS], left[JOBS], attempts[JOBS], job[STAFF], i

#define IS_LEASED(j) (at[j] == LEASED)
#if JOBS == 3
#define ANY_LEASED (IS_LEASED(0) || IS_LEASED(1) || IS_LEASED(2))
#elif JOBS == 4
#define ANY_LEASED (IS_LEASED(0) || IS_LEASED(1) || IS_LEASED(2) || IS_LEASED(3))
#elif JOBS == 5
#define ANY_LEASED (IS_LEASED(0) || IS_LEASED(1) || IS_LEASED(2) || IS_LEASED(3) || IS_LEASED(4))
#endif

#define TAKE(j) \
  :: d_step { job[_pid] == 0 && at[j] == QUEUED -> \
       at[j] = LEASED; by[j] = _pid + 1; left[j] = LEASE; attempts[j] = attempts[j] + 1; job[_pid] = j + 1 }

active [STAFF] proctype worker() {
  do
  TAKE(0)
  TAKE(1)
  TAKE(2)
#if JOBS > 3
  TAKE(3)
#endif
#if JOBS > 4
  TAKE(4)
#endif
  :: d_step { job[_pid] -> i = job[_pid] - 1;
       if
       :: at[i] == LEASED && by[i] == _pid + 1 -> at[i] = DONE; by[i] = 0; left[i] = 0
       :: else
       fi;
       job[_pid] = 0; i = 0 }
  od
}

active proctype clock() {
  do
  :: d_step { ANY_LEASED ->
       do
       :: i < JOBS ->
          if
          :: at[i] == LEASED ->
             left[i] = left[i] - 1;
             if
             :: left[i] == 0 -> by[i] = 0; at[i] = (attempts[i] < ATTEMPTS -> QUEUED : DEAD)
             :: else
             fi
          :: else
          fi;
          i = i + 1
       :: else -> break
       od;
       i = 0 }
  od
}
