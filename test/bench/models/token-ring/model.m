-- A token goes round, as in model.ts.
const
  N: 4;
type
  Station: 0 .. N - 1;
  Place: enum { idle, waiting, inside };
var
  at: array [Station] of Place;
  holder: Station;
  isOnItsWay: boolean; -- to the holder

startstate begin
  for s: Station do at[s] := idle; end;
  holder := 0;
  isOnItsWay := false;
end;

ruleset s: Station do
  rule "want" at[s] = idle ==> begin at[s] := waiting; end;
  rule "enter" at[s] = waiting & holder = s & !isOnItsWay ==> begin at[s] := inside; end;
  rule "leave" at[s] = inside ==> begin at[s] := idle; end;
  rule "pass" at[s] != inside & holder = s & !isOnItsWay ==> begin
    holder := (s + 1) % N;
    isOnItsWay := true;
  end;
  rule "receive" holder = s & isOnItsWay ==> begin isOnItsWay := false; end;
end;
