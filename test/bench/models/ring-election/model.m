-- Chang & Roberts' election, as in model.ts.
const
  N: 4;
type
  Node: 0 .. N - 1;
  State: enum { asleep, candidate, passive, leading };
  Message: record isLeader: boolean; place: Node; end;
  Count: 0 .. N;
  Channel: record count: Count; queue: array [Node] of Message; end;
var
  at: array [Node] of State;
  knows: array [Node] of boolean;
  leader: array [Node] of Node;
  inbox: array [Node] of Channel;

procedure send(from: Node; isLeader: boolean; place: Node);
begin
  alias c: inbox[(from + N - 1) % N] do
    c.queue[c.count].isLeader := isLeader;
    c.queue[c.count].place := place;
    c.count := c.count + 1;
  end;
end;

procedure drop(n: Node);
begin
  alias c: inbox[n] do
    for i: Node do
      if i < N - 1 then
        c.queue[i].isLeader := c.queue[i + 1].isLeader;
        c.queue[i].place := c.queue[i + 1].place;
      end;
    end;
    c.queue[N - 1].isLeader := false;
    c.queue[N - 1].place := 0;
    c.count := c.count - 1;
  end;
end;

startstate begin
  for n: Node do
    at[n] := asleep;
    knows[n] := false;
    leader[n] := 0;
    inbox[n].count := 0;
    for i: Node do
      inbox[n].queue[i].isLeader := false;
      inbox[n].queue[i].place := 0;
    end;
  end;
end;

ruleset n: Node do
  rule "wake" at[n] = asleep ==> begin
    at[n] := candidate;
    send(n, false, n);
  end;

  rule "receive" inbox[n].count > 0 ==>
    var isLeader: boolean;
    var place: Node;
  begin
    isLeader := inbox[n].queue[0].isLeader;
    place := inbox[n].queue[0].place;
    drop(n);
    if isLeader then
      if place != n then
        knows[n] := true;
        leader[n] := place;
        send(n, true, place);
      end;
    elsif place > n then
      at[n] := passive;
      send(n, false, place);
    elsif place < n then
      if at[n] = asleep then
        at[n] := candidate;
        send(n, false, n);
      end;
    else
      at[n] := leading;
      knows[n] := true;
      leader[n] := n;
      send(n, true, n);
    end;
  end;
end;
