-- Gray & Lamport's two-phase commit for Rumur, action by action as in specs/two-phase-commit/plain.ts.
-- The benchmark writes the number of resource managers into RMS.
--
-- RMs are a plain range, not a scalarset: nobody reduces by symmetry here. The properties are left out, in Rumur's favour.
const
  RMS: 3;

type
  Rm: 0 .. RMS - 1;
  RmState: enum { working, prepared, committed, aborted };
  TmState: enum { init, tm_committed, tm_aborted };

var
  rm: array [Rm] of RmState;
  sent: array [Rm] of boolean;     -- the RMs that have sent Prepared
  received: array [Rm] of boolean; -- the RMs from which the TM has received Prepared
  tm: TmState;
  commit: boolean;
  abort: boolean;

startstate begin
  for i: Rm do
    rm[i] := working;
    sent[i] := false;
    received[i] := false;
  end;
  tm := init;
  commit := false;
  abort := false;
end;

rule "commit" tm = init & forall i: Rm do received[i] end ==> begin
  tm := tm_committed;
  commit := true;
end;

rule "abort" tm = init ==> begin
  tm := tm_aborted;
  abort := true;
end;

ruleset i: Rm do
  rule "receivePrepared" tm = init & sent[i] ==> begin received[i] := true; end;

  rule "prepare" rm[i] = working ==> begin
    rm[i] := prepared;
    sent[i] := true;
  end;

  rule "chooseToAbort" rm[i] = working ==> begin rm[i] := aborted; end;
  rule "receiveCommit" commit ==> begin rm[i] := committed; end;
  rule "receiveAbort" abort ==> begin rm[i] := aborted; end;
end;
