-- German's directory, as in model.ts.
const
  CLIENTS: 2;
type
  Client: 1 .. CLIENTS;
  Line: enum { invalid, shared, exclusive };
  Body: enum { nothing, sharing, excluding, invalidating }; -- invalidating: to home, that it has
  Channel: record first: Body; second: Body; end;
var
  line: array [Client] of Line;
  hasAsked: array [Client] of boolean;
  wantShared: array [Client] of boolean;
  wantExclusive: array [Client] of boolean;
  sharers: array [Client] of boolean;
  toInvalidate: array [Client] of boolean;
  command: Body;
  client: 0 .. CLIENTS; -- 0: none
  isExclusive: boolean;
  toHome: array [Client] of Channel;
  toClient: array [Client] of Channel;

procedure send(var c: Channel; body: Body);
begin
  if c.first = nothing then c.first := body; else
    assert c.second = nothing;
    c.second := body;
  end;
end;

procedure drop(var c: Channel);
begin
  c.first := c.second;
  c.second := nothing;
end;

procedure finish();
begin
  command := nothing;
  client := 0;
  for c: Client do toInvalidate[c] := false; end;
end;

startstate begin
  for c: Client do
    line[c] := invalid;
    hasAsked[c] := false;
    wantShared[c] := false;
    wantExclusive[c] := false;
    sharers[c] := false;
    toInvalidate[c] := false;
    toHome[c].first := nothing;
    toHome[c].second := nothing;
    toClient[c].first := nothing;
    toClient[c].second := nothing;
  end;
  command := nothing;
  client := 0;
  isExclusive := false;
end;

ruleset c: Client do
  rule "askShared" !hasAsked[c] & line[c] = invalid ==> begin
    hasAsked[c] := true;
    send(toHome[c], sharing);
  end;

  rule "askExclusive" !hasAsked[c] & line[c] != exclusive ==> begin
    hasAsked[c] := true;
    send(toHome[c], excluding);
  end;

  rule "client receives" toClient[c].first != nothing ==> begin
    switch toClient[c].first
    case sharing: line[c] := shared; hasAsked[c] := false;
    case excluding: line[c] := exclusive; hasAsked[c] := false;
    else line[c] := invalid; send(toHome[c], invalidating);
    end;
    drop(toClient[c]);
  end;

  rule "home receives" toHome[c].first != nothing ==> begin
    switch toHome[c].first
    case sharing: wantShared[c] := true;
    case excluding: wantExclusive[c] := true;
    else sharers[c] := false; isExclusive := false;
    end;
    drop(toHome[c]);
  end;

  rule "begin" command = nothing & (wantShared[c] | wantExclusive[c]) ==> begin
    if wantShared[c] then command := sharing; else command := excluding; end;
    client := c;
    wantShared[c] := false;
    wantExclusive[c] := false;
    for d: Client do toInvalidate[d] := sharers[d]; end;
  end;

  rule "invalidate" toInvalidate[c] & (command = excluding | (command = sharing & isExclusive)) ==> begin
    toInvalidate[c] := false;
    send(toClient[c], invalidating);
  end;
end;

rule "grantShared" command = sharing & !isExclusive ==> begin
  sharers[client] := true;
  send(toClient[client], sharing);
  finish();
end;

rule "grantExclusive" command = excluding & forall c: Client do !sharers[c] end ==> begin
  sharers[client] := true;
  isExclusive := true;
  send(toClient[client], excluding);
  finish();
end;
