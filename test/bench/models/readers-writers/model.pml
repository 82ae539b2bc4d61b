/* Readers and writers in one queue, as in model.ts. Who waits is 1 more than its place, and N more if it writes. */
#define IDLE 0
#define WAITING 1
#define READING 2
#define WRITING 3

byte at[N], readers
bool isWritten
chan queue = [N] of { byte }

active [N] proctype client() {
  do
  :: d_step { at[_pid] == IDLE -> at[_pid] = WAITING; queue!(_pid + 1) }
  :: d_step { at[_pid] == IDLE -> at[_pid] = WAITING; queue!(_pid + 1 + N) }
  :: d_step { !isWritten && queue?[eval(_pid + 1)] -> queue?eval(_pid + 1); at[_pid] = READING; readers = readers + 1 }
  :: d_step { !isWritten && readers == 0 && queue?[eval(_pid + 1 + N)] -> queue?eval(_pid + 1 + N); at[_pid] = WRITING;
       isWritten = true }
  :: d_step { at[_pid] == READING -> at[_pid] = IDLE; readers = readers - 1 }
  :: d_step { at[_pid] == WRITING -> at[_pid] = IDLE; isWritten = false }
  od
}
