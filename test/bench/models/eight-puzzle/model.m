-- The sliding puzzle, as in model.ts: 0 is the hole.
type
  Place: 0 .. 8;
var
  board: array [Place] of Place;

startstate begin
  for i: Place do board[i] := i; end;
end;

ruleset source: Place do
  ruleset target: Place do
    rule "slide"
      board[target] = 0 & ((source / 3 = target / 3 & (source = target + 1 | target = source + 1)) | source = target + 3 | target = source + 3) ==> begin
      board[target] := board[source];
      board[source] := 0;
    end;
  end;
end;
