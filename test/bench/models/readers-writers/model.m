-- Readers and writers in one queue, as in model.ts.
const
  N: 3;
type
  Client: 1 .. N;
  Place: 0 .. N - 1;
  State: enum { idle, waiting, reading, writing };
  Entry: record client: 0 .. N; writes: boolean; end; -- 0: nobody
var
  at: array [Client] of State;
  queue: array [Place] of Entry;
  count: 0 .. N;
  readers: 0 .. N;
  isWritten: boolean;

procedure shift();
begin
  for i: Place do
    if i < N - 1 then
      queue[i].client := queue[i + 1].client;
      queue[i].writes := queue[i + 1].writes;
    end;
  end;
  queue[N - 1].client := 0;
  queue[N - 1].writes := false;
  count := count - 1;
end;

startstate begin
  for c: Client do at[c] := idle; end;
  for i: Place do
    queue[i].client := 0;
    queue[i].writes := false;
  end;
  count := 0;
  readers := 0;
  isWritten := false;
end;

ruleset c: Client do
  ruleset writes: boolean do
    rule "ask" at[c] = idle ==> begin
      at[c] := waiting;
      queue[count].client := c;
      queue[count].writes := writes;
      count := count + 1;
    end;
  end;

  rule "enter" queue[0].client = c & !isWritten & !(queue[0].writes & readers > 0) ==> begin
    if queue[0].writes then
      at[c] := writing;
      isWritten := true;
    else
      at[c] := reading;
      readers := readers + 1;
    end;
    shift();
  end;

  rule "leave" at[c] = reading | at[c] = writing ==> begin
    if at[c] = writing then isWritten := false; else readers := readers - 1; end;
    at[c] := idle;
  end;
end;
