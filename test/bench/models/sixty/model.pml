/* Many processes and a semaphore, as in model.ts. `spin -DN=60 -DPERMITS=3 -a`. */
byte taken

active [N] proctype process() {
  do
  :: d_step { taken < PERMITS -> taken = taken + 1 };
     true;
     taken = taken - 1
  od
}
