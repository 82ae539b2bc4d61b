/*
 * Paxos for one value, as in model.ts: 3 acceptors; ballots and values count from 1, 0 is none. A promise is what its sender
 * had voted for last: MADE, and ballot and value. `spin -DBALLOTS=3 -DVALUES=2 -a`.
 */
#define MADE 64
#define PROMISE(b, v) (MADE + 8 * (b) + (v))
#define BALLOT(p) (((p) % MADE) / 8)
#define VALUE(p) ((p) % 8)

typedef Three { byte at[3] }

byte ballot[3], votedBallot[3], votedValue[3]
bool prepared[BALLOTS + 1]
Three promise[BALLOTS + 1]
byte proposal[BALLOTS + 1]
byte votes[BALLOTS + 1] /* bits: the proposal says for what */

/* Two promises allow a value. */
#define ALLOW(p, q, v) ((p) && (q) && ( \
  (BALLOT(p) == 0 && BALLOT(q) == 0) || \
  (BALLOT(p) >= BALLOT(q) && VALUE(p) == v) || (BALLOT(q) >= BALLOT(p) && VALUE(q) == v)))

#define PROPOSE(b, v, i, j) \
  :: d_step { proposal[b] == 0 && ALLOW(promise[b].at[i], promise[b].at[j], v) -> proposal[b] = v }

#define ACCEPTOR(b, a) \
  :: d_step { prepared[b] && b > ballot[a] -> ballot[a] = b; promise[b].at[a] = PROMISE(votedBallot[a], votedValue[a]) } \
  :: d_step { proposal[b] && b >= ballot[a] -> ballot[a] = b; votedBallot[a] = b; votedValue[a] = proposal[b]; \
       votes[b] = votes[b] | (1 << a) }

#define WITH(b, v) PROPOSE(b, v, 0, 1) PROPOSE(b, v, 0, 2) PROPOSE(b, v, 1, 2)
#if VALUES > 1
#define WITH2(b) WITH(b, 2)
#else
#define WITH2(b)
#endif

#define IN(b) \
  :: d_step { !prepared[b] -> prepared[b] = true } \
  WITH(b, 1) WITH2(b) ACCEPTOR(b, 0) ACCEPTOR(b, 1) ACCEPTOR(b, 2)

active proctype everybody() {
  do
  IN(1)
#if BALLOTS > 1
  IN(2)
#endif
#if BALLOTS > 2
  IN(3)
#endif
#if BALLOTS > 3
  IN(4)
#endif
  od
}
