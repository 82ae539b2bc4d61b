/*
 * Gray & Lamport's two-phase commit for SPIN, action by action as in specs/two-phase-commit/plain.ts.
 * `spin -DRMS=8 -a` sets the number of resource managers, 1 to 10.
 *
 * One process with one loop, so that a state is nothing but the protocol's; every option is a d_step, so that an action
 * is one transition and no state in the middle of one is stored. Unrolled by the preprocessor, which is what SPIN runs
 * fastest: choosing an `i` would be a step of its own. The properties are left out, in SPIN's favour.
 */
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

#define INIT 0
#define TM_COMMITTED 1
#define TM_ABORTED 2

#define BIT(i) (1 << i)

byte rm[RMS]
short sent      /* the RMs that have sent Prepared */
short received  /* the RMs from which the TM has received Prepared */
byte tm
bit commit, abort

#define RM(i) \
  :: d_step { tm == INIT && (sent & BIT(i)) -> received = received | BIT(i) } \
  :: d_step { rm[i] == WORKING -> rm[i] = PREPARED; sent = sent | BIT(i) } \
  :: d_step { rm[i] == WORKING -> rm[i] = ABORTED } \
  :: d_step { commit -> rm[i] = COMMITTED } \
  :: d_step { abort -> rm[i] = ABORTED }

active proctype everybody() {
  do
  :: d_step { tm == INIT && received == BIT(RMS) - 1 -> tm = TM_COMMITTED; commit = 1 }
  :: d_step { tm == INIT -> tm = TM_ABORTED; abort = 1 }
  RM(0)
#if RMS > 1
  RM(1)
#endif
#if RMS > 2
  RM(2)
#endif
#if RMS > 3
  RM(3)
#endif
#if RMS > 4
  RM(4)
#endif
#if RMS > 5
  RM(5)
#endif
#if RMS > 6
  RM(6)
#endif
#if RMS > 7
  RM(7)
#endif
#if RMS > 8
  RM(8)
#endif
#if RMS > 9
  RM(9)
#endif
  od
}
