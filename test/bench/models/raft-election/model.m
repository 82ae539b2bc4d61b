-- Elections of Raft, as in model.ts: requests and votes stay.
const
  TERMS: 3;
type
  Server: 0 .. 2;
  Term: 0 .. TERMS;
  Role: enum { follower, candidate, leader };
  Vote: 0 .. 3; -- 3: for nobody
var
  term: array [Server] of Term;
  role: array [Server] of Role;
  votedFor: array [Server] of Vote;
  votes: array [Server] of array [Server] of boolean;
  requests: array [Server] of array [Term] of boolean;
  sent: array [Server] of array [Server] of array [Term] of boolean; -- from, to, in which term

function count(i: Server): 0 .. 3;
var n: 0 .. 3;
begin
  n := 0;
  for j: Server do if votes[i][j] then n := n + 1; end; end;
  return n;
end;

startstate begin
  for i: Server do
    term[i] := 0;
    role[i] := follower;
    votedFor[i] := 3;
    for t: Term do requests[i][t] := false; end;
    for j: Server do
      votes[i][j] := false;
      for t: Term do sent[i][j][t] := false; end;
    end;
  end;
end;

ruleset i: Server do
  rule "timeout" role[i] != leader & term[i] < TERMS ==> begin
    term[i] := term[i] + 1;
    role[i] := candidate;
    votedFor[i] := i;
    for j: Server do votes[i][j] := j = i; end;
    requests[i][term[i]] := true;
  end;

  rule "becomeLeader" role[i] = candidate & count(i) * 2 > 3 ==> begin role[i] := leader; end;

  ruleset j: Server do
    ruleset t: Term do
      rule "vote" i != j & requests[j][t] & (t > term[i] | (t = term[i] & votedFor[i] = 3)) ==> begin
        if t > term[i] then
          term[i] := t;
          role[i] := follower;
          for k: Server do votes[i][k] := false; end;
        end;
        votedFor[i] := j;
        sent[i][j][t] := true;
      end;
    end;

    rule "countVote" i != j & role[i] = candidate & sent[j][i][term[i]] & !votes[i][j] ==> begin
      votes[i][j] := true;
    end;
  end;
end;
