-- Jobs and leases on them, as in model.ts.
const
  JOBS: 2;
  STAFF: 2;
  LEASE: 2;
  ATTEMPTS: 2;
type
  Job: 1 .. JOBS;
  Worker: 1 .. STAFF;
  State: enum { queued, leased, done, dead };
var
  at: array [Job] of State;
  owner: array [Job] of 0 .. STAFF;
  left: array [Job] of 0 .. LEASE;
  attempts: array [Job] of 0 .. ATTEMPTS;
  job: array [Worker] of 0 .. JOBS;

startstate begin
  for j: Job do
    at[j] := queued;
    owner[j] := 0;
    left[j] := 0;
    attempts[j] := 0;
  end;
  for w: Worker do job[w] := 0; end;
end;

ruleset w: Worker do
  ruleset j: Job do
    rule "take" job[w] = 0 & at[j] = queued ==> begin
      at[j] := leased;
      owner[j] := w;
      left[j] := LEASE;
      attempts[j] := attempts[j] + 1;
      job[w] := j;
    end;
  end;

  rule "finish" job[w] > 0 ==> begin
    if at[job[w]] = leased & owner[job[w]] = w then
      at[job[w]] := done;
      owner[job[w]] := 0;
      left[job[w]] := 0;
    end;
    job[w] := 0;
  end;
end;

rule "tick" exists j: Job do at[j] = leased end ==> begin
  for j: Job do
    if at[j] = leased then
      left[j] := left[j] - 1;
      if left[j] = 0 then
        owner[j] := 0;
        if attempts[j] < ATTEMPTS then at[j] := queued; else at[j] := dead; end;
      end;
    end;
  end;
end;
