-- A log that is copied to 2 followers, as in model.ts: the leader is 0. Commands count from 1, 0 is none.
const
  LENGTH: 4;
type
  Process: 0 .. 2;
  Follower: 1 .. 2;
  Count: 0 .. LENGTH;
  Place: 0 .. LENGTH - 1;
  Command: 1 .. 2;
  Entry: 0 .. 2;
var
  log: array [Process] of array [Place] of Entry;
  length: array [Process] of Count;
  final: array [Process] of Count;

startstate begin
  for p: Process do
    length[p] := 0;
    final[p] := 0;
    for i: Place do log[p][i] := 0; end;
  end;
end;

ruleset command: Command do
  rule "append" length[0] < LENGTH ==> begin
    log[0][length[0]] := command;
    length[0] := length[0] + 1;
  end;
end;

rule "finish" final[0] < length[0] & exists f: Follower do length[f] > final[0] end ==> begin
  final[0] := final[0] + 1;
end;

ruleset f: Follower do
  rule "copy" length[f] < length[0] ==> begin
    log[f][length[f]] := log[0][length[f]];
    length[f] := length[f] + 1;
  end;

  rule "learn" final[f] < final[0] & final[f] < length[f] ==> begin final[f] := final[f] + 1; end;
end;
