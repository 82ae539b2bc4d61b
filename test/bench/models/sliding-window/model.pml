/* Go back n, as in model.ts: channels of 4 messages that may lose the oldest. `spin -DWINDOW=3 -DMESSAGES=6 -a`. */
#define NUMBERS (WINDOW + 1)

byte acked, taken, number
chan data = [4] of { byte }
chan acks = [4] of { byte }

#define MORE ((number + NUMBERS - acked % NUMBERS) % NUMBERS)
#define TRANSMIT(i) :: d_step { acked + i < MESSAGES && nfull(data) -> data!((acked + i) % NUMBERS) }

active proctype sender() {
  do
  TRANSMIT(0)
#if WINDOW > 1
  TRANSMIT(1)
#endif
#if WINDOW > 2
  TRANSMIT(2)
#endif
#if WINDOW > 3
  TRANSMIT(3)
#endif
#if WINDOW > 4
  TRANSMIT(4)
#endif
  :: d_step { acks?number -> acked = acked + MORE; number = 0 }
  od
}

active proctype receiver() {
  do
  :: d_step { nempty(data) && nfull(acks) -> data?number; taken = taken + (number == taken % NUMBERS -> 1 : 0);
       acks!(taken % NUMBERS); number = 0 }
  od
}

active proctype loser() {
  do
  :: d_step { data?number -> number = 0 }
  :: d_step { acks?number -> number = 0 }
  od
}
