// Reads a calendar file as strictly as the pickiest calendar does (RFC 5545).

export interface CalendarEvent {
  method: string | undefined;
  uid: string;
  sequence: number;
  start: Date;
  end: Date;
  status: string | undefined;
  summary: string;
}

export function parseCalendar(text: string): CalendarEvent {
  if (!text.endsWith('\r\n')) throw new Error('a calendar ends with CRLF');
  for (const line of text.split('\r\n')) {
    if (/[\r\n]/.test(line)) throw new Error(`a bare line break near "${line.slice(0, 40)}"`);
    if (Buffer.byteLength(line) > 75) throw new Error(`longer than 75 octets: "${line.slice(0, 40)}…"`);
  }

  const lines = text.replace(/\r\n[ \t]/g, '').trimEnd().split('\r\n');
  if (lines[0] !== 'BEGIN:VCALENDAR' || lines.at(-1) !== 'END:VCALENDAR') throw new Error('not a calendar');
  const begin = lines.indexOf('BEGIN:VEVENT');
  const end = lines.indexOf('END:VEVENT');
  if (begin < 0 || end < begin || lines.indexOf('BEGIN:VEVENT', begin + 1) > 0) throw new Error('not exactly one event');

  const calendar = properties([...lines.slice(0, begin), ...lines.slice(end + 1)]);
  const event = properties(withoutAlarms(lines.slice(begin + 1, end)));
  for (const [name, among] of [['VERSION', calendar], ['PRODID', calendar], ['UID', event], ['DTSTAMP', event], ['SUMMARY', event]] as const) {
    if (!among.get(name)) throw new Error(`${name} is missing`);
  }
  const sequence = event.get('SEQUENCE') ?? '0';
  if (!/^\d+$/.test(sequence)) throw new Error(`SEQUENCE is ${sequence}`);
  return {
    method: calendar.get('METHOD'),
    uid: event.get('UID')!,
    sequence: Number(sequence),
    start: utc(event, 'DTSTART'),
    end: utc(event, 'DTEND'),
    status: event.get('STATUS'),
    summary: event.get('SUMMARY')!,
  };
}

/** "8:00" as a wall clock in Prague shows it. */
export function wallClock(time: Date): string {
  return new Intl.DateTimeFormat('cs-CZ', { timeZone: 'Europe/Prague', hour: 'numeric', minute: '2-digit' }).format(time);
}

/** "25. 11." */
export function dayAndMonth(time: Date): { day: number; month: number } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Prague', day: 'numeric', month: 'numeric' }).formatToParts(time);
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return { day: number('day'), month: number('month') };
}

function properties(lines: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const match = /^([A-Z0-9-]+)((?:;[^:]*)?):(.*)$/.exec(line);
    if (!match) throw new Error(`not a property: "${line.slice(0, 60)}"`);
    found.set(match[1]!, match[3]!);
  }
  return found;
}

function withoutAlarms(lines: string[]): string[] {
  let inAlarm = false;
  return lines.filter((line) => {
    if (line === 'BEGIN:VALARM') inAlarm = true;
    const keep = !inAlarm;
    if (line === 'END:VALARM') inAlarm = false;
    return keep;
  });
}

/** Only UTC: a local time would want a VTIMEZONE that every program reads in its own way. */
function utc(event: Map<string, string>, name: string): Date {
  const value = event.get(name) ?? '';
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value);
  if (!match) throw new Error(`${name} is not in UTC: "${value}"`);
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number];
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}
