/*
 * Lamport's mutual exclusion for 3 processes, as in model.ts. A message is one byte: 1 is an acknowledgement, 2 a release,
 * and 2 more than its time a request. queue: times, 0 where there is no request. `spin -DENTRIES=1 -a`.
 */
#define ACK 1
#define RELEASE 2
#define ALL 7
#define BIT(i) (1 << (i))

typedef Three { byte at[3] }

byte clock[3] = 1, acks[3], entries[3]
bool isInside[3]
Three queue[3]
chan c01 = [6] of { byte }
chan c02 = [6] of { byte }
chan c10 = [6] of { byte }
chan c12 = [6] of { byte }
chan c20 = [6] of { byte }
chan c21 = [6] of { byte }
byte m

/* Whether the request of i comes before that of j, which may have none. */
#define BEFORE(i, j) (queue[i].at[j] == 0 || queue[i].at[i] < queue[i].at[j] || \
  (queue[i].at[i] == queue[i].at[j] && i < j))

#define RECEIVE(i, j, from, to) \
  :: d_step { from?m -> \
       if \
       :: m == ACK -> acks[i] = acks[i] | BIT(j) \
       :: m == RELEASE -> queue[i].at[j] = 0 \
       :: else -> clock[i] = (clock[i] > m - 2 -> clock[i] : m - 2) + 1; queue[i].at[j] = m - 2; to!ACK \
       fi; \
       m = 0 }

#define PROCESS(i, j, k, toJ, toK, fromJ, fromK) \
  :: d_step { queue[i].at[i] == 0 && entries[i] < ENTRIES -> entries[i] = entries[i] + 1; \
       queue[i].at[i] = clock[i]; acks[i] = BIT(i); toJ!(clock[i] + 2); toK!(clock[i] + 2) } \
  :: d_step { queue[i].at[i] != 0 && !isInside[i] && acks[i] == ALL && BEFORE(i, j) && BEFORE(i, k) -> \
       isInside[i] = true } \
  :: d_step { isInside[i] -> isInside[i] = false; queue[i].at[i] = 0; acks[i] = 0; toJ!RELEASE; toK!RELEASE } \
  RECEIVE(i, j, fromJ, toJ) RECEIVE(i, k, fromK, toK)

active proctype everybody() {
  do
  PROCESS(0, 1, 2, c01, c02, c10, c20)
  PROCESS(1, 0, 2, c10, c12, c01, c21)
  PROCESS(2, 0, 1, c20, c21, c02, c12)
  od
}
