"""Reads calendar files as the library `icalendar` does, and prints what is in each."""

import json
import pathlib
import sys

import icalendar


def read(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {
        "name": str(calendar["X-WR-CALNAME"]),
        "errors": [str(error) for error in calendar.errors],
        "events": [event(each) for each in calendar.walk("VEVENT")],
    }


def event(each):
    return {
        "uid": str(each["UID"]),
        "sequence": int(each["SEQUENCE"]),
        "start": each.decoded("DTSTART").isoformat(),
        "end": each.decoded("DTEND").isoformat(),
        "status": str(each["STATUS"]),
        "summary": str(each["SUMMARY"]),
        "description": str(each.get("DESCRIPTION", "")),
        "location": str(each.get("LOCATION", "")),
        "url": str(each.get("URL", "")),
        "class": str(each.get("CLASS", "")),
        "alarms": [int(alarm.decoded("TRIGGER").total_seconds() // 60) for alarm in each.walk("VALARM")],
        "errors": [str(error) for error in each.errors],
    }


json.dump([read(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.ics"))], sys.stdout)
