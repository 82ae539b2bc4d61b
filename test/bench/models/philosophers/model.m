-- Dining philosophers, as in model.ts: the last of the N takes the forks the other way round.
const
  N: 5;
type
  Philosopher: 0 .. N - 1;
  Place: enum { thinking, hungry, one, eating, leaving };
var
  at: array [Philosopher] of Place;
  taken: array [Philosopher] of boolean;

function first(p: Philosopher): Philosopher;
begin
  if p = N - 1 then return 0; else return p; end;
end;

function second(p: Philosopher): Philosopher;
begin
  if p = N - 1 then return p; else return p + 1; end;
end;

startstate begin
  for p: Philosopher do
    at[p] := thinking;
    taken[p] := false;
  end;
end;

ruleset p: Philosopher do
  rule "hunger" at[p] = thinking ==> begin at[p] := hungry; end;
  rule "takeFirst" at[p] = hungry & !taken[first(p)] ==> begin taken[first(p)] := true; at[p] := one; end;
  rule "takeSecond" at[p] = one & !taken[second(p)] ==> begin taken[second(p)] := true; at[p] := eating; end;
  rule "putFirst" at[p] = eating ==> begin taken[first(p)] := false; at[p] := leaving; end;
  rule "putSecond" at[p] = leaving ==> begin taken[second(p)] := false; at[p] := thinking; end;
end;
