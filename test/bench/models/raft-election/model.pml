/* Elections of Raft, as in model.ts: 3 servers; requests and votes are bits that stay. `spin -DTERMS=4 -a`. */
#define FOLLOWER 0
#define CANDIDATE 1
#define LEADER 2
#define NONE 3

#define REQUEST(from, t) (1 << ((from) * TERMS + (t) - 1))
#define VOTE(to, t) (1 << ((to) * TERMS + (t) - 1))
#define COUNT(i) ((votes[i] & 1) + ((votes[i] >> 1) & 1) + ((votes[i] >> 2) & 1))

byte term[3], role[3], votedFor[3] = NONE, votes[3]
int requests, sent[3]

#define GETS(i, j, t) \
  :: d_step { (requests & REQUEST(j, t)) && (t > term[i] || (t == term[i] && votedFor[i] == NONE)) -> \
       if :: t > term[i] -> term[i] = t; role[i] = FOLLOWER; votes[i] = 0 :: else fi; \
       votedFor[i] = j; sent[i] = sent[i] | VOTE(j, t) }
#if TERMS > 2
#define GETS3(i, j) GETS(i, j, 3)
#else
#define GETS3(i, j)
#endif
#if TERMS > 3
#define GETS4(i, j) GETS(i, j, 4)
#else
#define GETS4(i, j)
#endif
#if TERMS > 4
#define GETS5(i, j) GETS(i, j, 5)
#else
#define GETS5(i, j)
#endif

#define HEARS(i, j) \
  GETS(i, j, 1) GETS(i, j, 2) GETS3(i, j) GETS4(i, j) GETS5(i, j) \
  :: d_step { role[i] == CANDIDATE && (sent[j] & VOTE(i, term[i])) && !(votes[i] & (1 << j)) -> \
       votes[i] = votes[i] | (1 << j) }

#define SERVER(i, j, k) \
  :: d_step { role[i] != LEADER && term[i] < TERMS -> \
       term[i] = term[i] + 1; role[i] = CANDIDATE; votedFor[i] = i; votes[i] = 1 << i; \
       requests = requests | REQUEST(i, term[i]) } \
  :: d_step { role[i] == CANDIDATE && COUNT(i) * 2 > 3 -> role[i] = LEADER } \
  HEARS(i, j) HEARS(i, k)

active proctype everybody() {
  do
  SERVER(0, 1, 2)
  SERVER(1, 0, 2)
  SERVER(2, 0, 1)
  od
}
