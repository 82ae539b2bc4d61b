-- Paxos for one value, as in model.ts: ballots and values count from 1, 0 is none.
const
  BALLOTS: 2;
  VALUES: 2;
type
  Acceptor: 0 .. 2;
  Ballot: 1 .. BALLOTS;
  BallotOrNone: 0 .. BALLOTS;
  Value: 1 .. VALUES;
  ValueOrNone: 0 .. VALUES;
  Promise: record made: boolean; ballot: BallotOrNone; value: ValueOrNone; end;
var
  ballot: array [Acceptor] of BallotOrNone;
  votedBallot: array [Acceptor] of BallotOrNone;
  votedValue: array [Acceptor] of ValueOrNone;
  prepared: array [Ballot] of boolean;
  promise: array [Ballot] of array [Acceptor] of Promise;
  proposal: array [Ballot] of ValueOrNone;
  votes: array [Ballot] of array [Acceptor] of boolean;

startstate begin
  for a: Acceptor do
    ballot[a] := 0;
    votedBallot[a] := 0;
    votedValue[a] := 0;
  end;
  for b: Ballot do
    prepared[b] := false;
    proposal[b] := 0;
    for a: Acceptor do
      promise[b][a].made := false;
      promise[b][a].ballot := 0;
      promise[b][a].value := 0;
      votes[b][a] := false;
    end;
  end;
end;

ruleset b: Ballot do
  rule "prepare" !prepared[b] ==> begin prepared[b] := true; end;

  ruleset v: Value do
    ruleset leftOut: Acceptor do
      rule "propose"
        proposal[b] = 0
        & forall a: Acceptor do a = leftOut | promise[b][a].made end
        & (forall a: Acceptor do a = leftOut | promise[b][a].ballot = 0 end
          | exists a: Acceptor do
              a != leftOut & promise[b][a].ballot > 0 & promise[b][a].value = v
              & forall c: Acceptor do c = leftOut | promise[b][c].ballot <= promise[b][a].ballot end
            end)
        ==> begin
        proposal[b] := v;
      end;
    end;
  end;

  ruleset a: Acceptor do
    rule "promise" prepared[b] & b > ballot[a] ==> begin
      ballot[a] := b;
      promise[b][a].made := true;
      promise[b][a].ballot := votedBallot[a];
      promise[b][a].value := votedValue[a];
    end;

    rule "vote" proposal[b] > 0 & b >= ballot[a] ==> begin
      ballot[a] := b;
      votedBallot[a] := b;
      votedValue[a] := proposal[b];
      votes[b][a] := true;
    end;
  end;
end;
