-- Lamport's mutual exclusion for 3 processes, as in model.ts.
const
  ENTRIES: 1;
  LATEST: 40;
  ROOM: 6;
type
  Process: 0 .. 2;
  Time: 0 .. LATEST; -- 0: no request
  Body: enum { nothing, request, ack, release };
  Message: record body: Body; time: Time; end;
  Place: 0 .. ROOM - 1;
  Channel: record count: 0 .. ROOM; queue: array [Place] of Message; end;
var
  clock: array [Process] of Time;
  queue: array [Process] of array [Process] of Time;
  acks: array [Process] of array [Process] of boolean;
  isInside: array [Process] of boolean;
  entries: array [Process] of 0 .. ENTRIES;
  channel: array [Process] of array [Process] of Channel; -- from, to

procedure send(sender: Process; receiver: Process; body: Body; time: Time);
begin
  alias c: channel[sender][receiver] do
    c.queue[c.count].body := body;
    c.queue[c.count].time := time;
    c.count := c.count + 1;
  end;
end;

procedure drop(sender: Process; receiver: Process);
begin
  alias c: channel[sender][receiver] do
    for i: Place do
      if i < ROOM - 1 then
        c.queue[i].body := c.queue[i + 1].body;
        c.queue[i].time := c.queue[i + 1].time;
      end;
    end;
    c.queue[ROOM - 1].body := nothing;
    c.queue[ROOM - 1].time := 0;
    c.count := c.count - 1;
  end;
end;

function isBefore(p: Process; q: Process): boolean;
begin
  return queue[p][q] = 0 | queue[p][p] < queue[p][q] | (queue[p][p] = queue[p][q] & p < q);
end;

startstate begin
  for p: Process do
    clock[p] := 1;
    isInside[p] := false;
    entries[p] := 0;
    for q: Process do
      queue[p][q] := 0;
      acks[p][q] := false;
      channel[p][q].count := 0;
      for i: Place do
        channel[p][q].queue[i].body := nothing;
        channel[p][q].queue[i].time := 0;
      end;
    end;
  end;
end;

ruleset p: Process do
  rule "request" queue[p][p] = 0 & entries[p] < ENTRIES ==> begin
    entries[p] := entries[p] + 1;
    queue[p][p] := clock[p];
    for q: Process do
      acks[p][q] := p = q;
      if p != q then send(p, q, request, clock[p]); end;
    end;
  end;

  rule "enter"
    queue[p][p] > 0 & !isInside[p] & forall q: Process do acks[p][q] & (p = q | isBefore(p, q)) end ==> begin
    isInside[p] := true;
  end;

  rule "leave" isInside[p] ==> begin
    isInside[p] := false;
    queue[p][p] := 0;
    for q: Process do
      acks[p][q] := false;
      if p != q then send(p, q, release, 0); end;
    end;
  end;

  ruleset q: Process do
    rule "receive" p != q & channel[q][p].count > 0 ==>
      var time: Time;
    begin
      time := channel[q][p].queue[0].time;
      switch channel[q][p].queue[0].body
      case ack: acks[p][q] := true;
      case release: queue[p][q] := 0;
      else
        if time > clock[p] then clock[p] := time; end;
        clock[p] := clock[p] + 1;
        queue[p][q] := time;
        send(p, q, ack, 0);
      end;
      drop(q, p);
    end;
  end;
end;
