-- Peterson's lock for N processes, as in model.ts.
const
  N: 3;
type
  Process: 1 .. N;
  Place: enum { outside, raising, yielding, looking, inside };
var
  at: array [Process] of Place;
  level: array [Process] of 0 .. N - 1;
  next: array [Process] of Process;
  last: array [1 .. N - 1] of 0 .. N; -- 0: nobody

startstate begin
  for p: Process do
    at[p] := outside;
    level[p] := 0;
    next[p] := 1;
  end;
  for l: 1 .. N - 1 do last[l] := 0; end;
end;

ruleset p: Process do
  rule "raise" at[p] = outside | at[p] = raising ==> begin
    level[p] := level[p] + 1;
    at[p] := yielding;
  end;

  rule "yield" at[p] = yielding ==> begin
    last[level[p]] := p;
    at[p] := looking;
  end;

  rule "look"
    at[p] = looking & (next[p] = p | last[level[p]] != p | level[next[p]] < level[p]) ==> begin
    if next[p] < N then
      next[p] := next[p] + 1;
    else
      next[p] := 1;
      if level[p] = N - 1 then at[p] := inside; else at[p] := raising; end;
    end;
  end;

  rule "leave" at[p] = inside ==> begin
    at[p] := outside;
    level[p] := 0;
  end;
end;
