/* German's directory, as in model.ts. Sets of clients are bits; client 1 more than its place, 0: none. `spin -DCLIENTS=3 -a`. */
#define INVALID 0
#define SHARED 1
#define EXCLUSIVE 2
#define INVALIDATE 3
#define NONE 0
#define BIT(i) (1 << (i))

byte line[CLIENTS], wantShared, wantExclusive, command, client, sharers, toInvalidate
bool hasAsked[CLIENTS], isExclusive
byte m
chan toHome[CLIENTS] = [2] of { byte }    /* INVALIDATE: that it has */
chan toClient[CLIENTS] = [2] of { byte }

active [CLIENTS] proctype cache() {
  do
  :: d_step { !hasAsked[_pid] && line[_pid] == INVALID -> hasAsked[_pid] = true; toHome[_pid]!SHARED }
  :: d_step { !hasAsked[_pid] && line[_pid] != EXCLUSIVE -> hasAsked[_pid] = true; toHome[_pid]!EXCLUSIVE }
  :: d_step { toClient[_pid]?m ->
       if
       :: m == INVALIDATE -> line[_pid] = INVALID; toHome[_pid]!INVALIDATE
       :: else -> line[_pid] = m; hasAsked[_pid] = false
       fi;
       m = 0 }
  od
}

#define CLIENT(i) \
  :: d_step { toHome[i]?m -> \
       if \
       :: m == SHARED -> wantShared = wantShared | BIT(i) \
       :: m == EXCLUSIVE -> wantExclusive = wantExclusive | BIT(i) \
       :: m == INVALIDATE -> sharers = sharers & ~BIT(i); isExclusive = false \
       fi; \
       m = 0 } \
  :: d_step { command == NONE && ((wantShared | wantExclusive) & BIT(i)) -> \
       command = (wantShared & BIT(i) -> SHARED : EXCLUSIVE); client = i + 1; \
       wantShared = wantShared & ~BIT(i); wantExclusive = wantExclusive & ~BIT(i); toInvalidate = sharers } \
  :: d_step { (toInvalidate & BIT(i)) && (command == EXCLUSIVE || (command == SHARED && isExclusive)) -> \
       toInvalidate = toInvalidate & ~BIT(i); toClient[i]!INVALIDATE }

active proctype home() {
  do
  CLIENT(0)
  CLIENT(1)
#if CLIENTS > 2
  CLIENT(2)
#endif
#if CLIENTS > 3
  CLIENT(3)
#endif
#if CLIENTS > 4
  CLIENT(4)
#endif
  :: d_step { command == SHARED && !isExclusive -> sharers = sharers | BIT(client - 1); toClient[client - 1]!SHARED;
       command = NONE; client = 0; toInvalidate = 0 }
  :: d_step { command == EXCLUSIVE && sharers == 0 -> sharers = BIT(client - 1); isExclusive = true;
       toClient[client - 1]!EXCLUSIVE; command = NONE; client = 0; toInvalidate = 0 }
  od
}
