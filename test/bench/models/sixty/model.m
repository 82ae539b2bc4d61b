-- Many processes and a semaphore, as in model.ts.
const
  N: 60;
  PERMITS: 3;
type
  Process: 1 .. N;
  Place: enum { outside, entering, inside };
var
  at: array [Process] of Place;
  taken: 0 .. PERMITS;

startstate begin
  for p: Process do at[p] := outside; end;
  taken := 0;
end;

ruleset p: Process do
  rule "take" at[p] = outside & taken < PERMITS ==> begin
    taken := taken + 1;
    at[p] := entering;
  end;
  rule "enter" at[p] = entering ==> begin at[p] := inside; end;
  rule "leave" at[p] = inside ==> begin
    taken := taken - 1;
    at[p] := outside;
  end;
end;
