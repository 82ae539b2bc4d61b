/* A log that is copied to 2 followers, as in model.ts: the leader is 0. Commands count from 1, 0 is none. */
typedef Log { byte at[LENGTH] }

Log log[3]
byte length[3], final[3]

#define APPEND(command) \
  :: d_step { length[0] < LENGTH -> log[0].at[length[0]] = command; length[0] = length[0] + 1 }

active proctype leader() {
  do
  APPEND(1)
  APPEND(2)
  :: d_step { final[0] < length[0] && (length[1] > final[0] || length[2] > final[0]) -> final[0] = final[0] + 1 }
  od
}

active [2] proctype follower() {
  do
  :: d_step { length[_pid] < length[0] -> log[_pid].at[length[_pid]] = log[0].at[length[_pid]];
       length[_pid] = length[_pid] + 1 }
  :: d_step { final[_pid] < final[0] && final[_pid] < length[_pid] -> final[_pid] = final[_pid] + 1 }
  od
}
