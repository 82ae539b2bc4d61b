-- Go back n, as in model.ts: channels of 4 messages that may lose the oldest.
const
  WINDOW: 2;
  MESSAGES: 4;
  CAPACITY: 4;
type
  Number: 0 .. WINDOW;
  Total: 0 .. MESSAGES;
  Place: 0 .. CAPACITY - 1;
  Count: 0 .. CAPACITY;
  Channel: record count: Count; queue: array [Place] of Number; end;
var
  acked: Total;
  taken: Total;
  data: Channel;
  acks: Channel;

procedure send(var c: Channel; number: Number);
begin
  c.queue[c.count] := number;
  c.count := c.count + 1;
end;

procedure drop(var c: Channel);
begin
  for i: Place do if i < CAPACITY - 1 then c.queue[i] := c.queue[i + 1]; end; end;
  c.queue[CAPACITY - 1] := 0;
  c.count := c.count - 1;
end;

startstate begin
  acked := 0;
  taken := 0;
  data.count := 0;
  acks.count := 0;
  for i: Place do
    data.queue[i] := 0;
    acks.queue[i] := 0;
  end;
end;

ruleset ahead: 0 .. WINDOW - 1 do
  rule "transmit" acked + ahead < MESSAGES & data.count < CAPACITY ==> begin
    send(data, (acked + ahead) % (WINDOW + 1));
  end;
end;

rule "receive data" data.count > 0 & acks.count < CAPACITY ==> begin
  if data.queue[0] = taken % (WINDOW + 1) then taken := taken + 1; end;
  drop(data);
  send(acks, taken % (WINDOW + 1));
end;

rule "receive ack" acks.count > 0 ==>
  var more: Number;
begin
  more := (acks.queue[0] + WINDOW + 1 - acked % (WINDOW + 1)) % (WINDOW + 1);
  acked := acked + more;
  drop(acks);
end;

rule "lose data" data.count > 0 ==> begin drop(data); end;
rule "lose ack" acks.count > 0 ==> begin drop(acks); end;
