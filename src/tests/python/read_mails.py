"""Reads every message of a directory, its argument, and prints what it says as JSON, in the order of arrival."""

import email
import email.policy
import hashlib
import html.parser
import json
import pathlib
import sys

import icalendar


class Page(html.parser.HTMLParser):
    """The words, the links and the elements of an HTML document."""

    def __init__(self, document):
        super().__init__()
        self.words, self.links, self.phones, self.elements = [], [], [], set()
        # A telephone number is a link within a sentence: what stands around it goes on.
        self.goes_on = False
        self.feed(document)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        targets = [value for name, value in attributes if name in ("href", "src")]
        self.links += [target for target in targets if not target.startswith("tel:")]
        self.phones += [target for target in targets if target.startswith("tel:")]
        self.goes_on = any(target.startswith("tel:") for target in targets)

    def handle_endtag(self, tag):
        self.goes_on = tag == "a"

    def handle_data(self, data):
        if self.goes_on and self.words:
            self.words[-1] += data
        else:
            self.words.append(data)


def read(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    leaves = [part for part in message.walk() if not part.is_multipart() and not part.is_attachment()]
    files = [part for part in message.walk() if part.is_attachment()]
    contents = {part.get_content_type(): part.get_content() for part in leaves}
    page = Page(contents.get("text/html", ""))
    recipient = message["To"].addresses[0]
    return {
        "headers": [name for name, _ in message.items()],
        "from": str(message["From"]),
        "to": recipient.addr_spec,
        "to_name": recipient.display_name,
        "subject": message["Subject"],
        "date": message["Date"].datetime.isoformat(),
        "message_id": message["Message-ID"],
        "auto_submitted": message["Auto-Submitted"],
        "type": message.get_content_type(),
        "parts": [part.get_content_type() for part in leaves],
        "defects": [str(defect) for part in message.walk() for defect in part.defects],
        "text": contents["text/plain"],
        "html": " ".join(" ".join(page.words).split()),
        "links": page.links,
        "phones": page.phones,
        "elements": sorted(page.elements),
        "files": [file(part) for part in files],
        "pictures": [
            {"id": part["Content-ID"].strip("<>"), "type": part.get_content_type()}
            for part in leaves
            if part.get_content_disposition() == "inline"
        ],
        "event": next((event(part) for part in leaves if part.get_content_type() == "text/calendar"), None),
    }


def file(part):
    return {
        "name": part.get_filename(),
        "type": part.get_content_type(),
        "sha256": hashlib.sha256(part.get_content()).hexdigest(),
    }


def event(part):
    calendar = icalendar.Calendar.from_ical(part.get_content())
    [event] = calendar.walk("VEVENT")
    return {
        "part_method": part["Content-Type"].params["method"],
        "method": str(calendar["METHOD"]),
        "version": str(calendar["VERSION"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "start": event.decoded("DTSTART").isoformat(),
        "end": event.decoded("DTEND").isoformat(),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "location": str(event["LOCATION"]),
        "url": str(event["URL"]),
        "organizer": str(event["ORGANIZER"]),
        "organizer_name": str(event["ORGANIZER"].params.get("CN", "")),
        "attendee": str(event["ATTENDEE"]),
        "attendee_name": str(event["ATTENDEE"].params.get("CN", "")),
        "partstat": str(event["ATTENDEE"].params.get("PARTSTAT", "")),
        "errors": [str(error) for error in calendar.errors + event.errors],
    }


json.dump([read(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))], sys.stdout)
