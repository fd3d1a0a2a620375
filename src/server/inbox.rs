//! Mails that come, read: whatever encoding they are in and however broken they are. What a mail means is decided elsewhere.

mod bounds;
mod tnef;

use std::collections::HashSet;

use mail_parser::{
    Address, Encoding, Header, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
    decoders::html::html_to_text,
};

use super::sheets::decode_text;
use crate::model::{
    base::text::{lines, one_line},
    work::mail_in::{DeliveryReport, ReadMail, SENDER_MAX, SUBJECT_MAX, SentFile, TEXT_MAX, shortened},
};

/// The most headers that are looked at; who writes more writes nonsense.
const MOST_HEADERS: usize = 500;
/// The most characters of a header that are looked at.
const HEADER_MAX: usize = 2_000;
/// The most files of a mail.
const MOST_FILES: usize = 50;
/// The most characters of a file's name.
const NAME_MAX: usize = 100;
/// The most characters of a report's reason.
const WHY_MAX: usize = 500;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] =
    &["div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "hr", "pre"];

/// Headers by which mail servers say for whom a mail is: one address each.
const RECIPIENTS: &[&str] = &["delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];

/// Reads a mail; none where nothing in it is a header.
#[must_use]
pub fn read(raw: &[u8]) -> Option<ReadMail> {
    let message = bounds::parse(without_envelope(raw))?;
    let headers: Vec<_> =
        message.headers().iter().take(MOST_HEADERS).map(|header| (name(header), value(&message, header))).collect();
    // Without any of these it is some other text that has a colon in its first line.
    if !headers.iter().any(|(name, _)| matches!(name.as_str(), "from" | "date" | "message-id" | "subject" | "received"))
    {
        return None;
    }
    let sender = message.from().and_then(Address::first);
    let address = sender.and_then(|sender| sender.address()).unwrap_or_default();
    let (files, packed) = files(&message);
    let said = Some(text(&message)).filter(|said| !said.trim().is_empty()).unwrap_or(packed);
    let of = |name: &str| headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    Some(ReadMail {
        from_address: cut(&one_line(address).to_lowercase(), SENDER_MAX),
        from_name: cut(&one_line(sender.and_then(|sender| sender.name()).unwrap_or_default()), SENDER_MAX),
        recipients: recipients(&message, &headers),
        subject: cut(&one_line(of("subject")), SUBJECT_MAX),
        message_id: cut(&one_line(message.message_id().unwrap_or_default()), SENDER_MAX),
        text: cut(&lines(&said), TEXT_MAX),
        files,
        report: report(&message),
        headers,
    })
}

/// Without the line that says from whom it came, which some mail servers put before a mail.
fn without_envelope(raw: &[u8]) -> &[u8] {
    match raw.iter().position(|byte| *byte == b'\n') {
        Some(end) if raw.starts_with(b"From ") => raw.get(end + 1..).unwrap_or_default(),
        _ => raw,
    }
}

/// The head of a mail, with the empty line that ends it; of what has none its first bytes.
#[must_use]
pub fn head(raw: &[u8]) -> &[u8] {
    const MOST: usize = 64 * 1024;
    let begin = raw.get(..MOST.min(raw.len())).unwrap_or_default();
    let end_of = |mark: &[u8]| begin.windows(mark.len()).position(|window| window == mark).map(|at| at + mark.len());
    let end = [end_of(b"\r\n\r\n"), end_of(b"\n\n")].into_iter().flatten().min().unwrap_or(begin.len());
    begin.get(..end).unwrap_or_default()
}

fn cut(text: &str, most: usize) -> String {
    shortened(text, most)
}

fn name(header: &Header<'_>) -> String {
    cut(&one_line(&header.name.as_str().to_lowercase()), NAME_MAX)
}

fn value(message: &Message<'_>, header: &Header<'_>) -> String {
    let raw = || message.raw_message.get(place(header.offset_start)..place(header.offset_end)).unwrap_or_default();
    let value = match &header.value {
        HeaderValue::Text(text) if !text.contains(char::REPLACEMENT_CHARACTER) => text.to_string(),
        HeaderValue::Address(addresses) => addresses
            .iter()
            .map(|one| format!("{} <{}>", one.name().unwrap_or_default(), one.address().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join(", "),
        // Letters that nobody has encoded, as some programs write them.
        _ => decode_text(raw()),
    };
    cut(&one_line(&value), HEADER_MAX)
}

fn place(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// All addresses that a mail says it is for; headers that mail servers add hold one, with or without brackets.
fn recipients(message: &Message<'_>, headers: &[(String, String)]) -> Vec<String> {
    let lists = [message.to(), message.cc()].into_iter().flatten();
    let listed = lists.flat_map(Address::iter).filter_map(|one| one.address()).map(str::to_lowercase);
    let added = headers
        .iter()
        .filter(|(name, _)| RECIPIENTS.contains(&name.as_str()))
        .map(|(_, value)| value.rsplit('<').next().unwrap_or_default().trim_matches(['<', '>', ' ']).to_lowercase());
    let mut all: Vec<String> = listed.chain(added).filter(|address| address.contains('@')).collect();
    all.sort();
    all.dedup();
    all
}

/// What a mail says: its parts of text one after the other, markup put into plain words.
fn text(message: &Message<'_>) -> String {
    let parts = message.text_body.iter().filter_map(|id| message.parts.get(place(*id)));
    let texts = parts.filter_map(|part| match &part.body {
        PartType::Text(text) => Some(letters(message, part, text)),
        PartType::Html(html) => Some(html_to_text(&on_lines(&letters(message, part, html)))),
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => None,
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The letters of a part that does not say in which encoding they are.
fn letters(message: &Message<'_>, part: &MessagePart<'_>, text: &str) -> String {
    let is_said = part.content_type().is_some_and(|kind| kind.attribute("charset").is_some());
    if is_said || part.encoding != Encoding::None || !text.contains(char::REPLACEMENT_CHARACTER) {
        return text.to_owned();
    }
    let raw = message.raw_message.get(place(part.offset_body)..place(part.offset_end));
    raw.map_or_else(|| text.to_owned(), decode_text)
}

/// HTML in which what stands on a line of its own begins one.
fn on_lines(html: &str) -> String {
    let mut pieces = html.split('<');
    let mut broken = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let name: String = piece.chars().skip_while(|c| *c == '/').take_while(char::is_ascii_alphanumeric).collect();
        if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) {
            broken.push_str("<br>");
        }
        broken.push('<');
        broken.push_str(piece);
    }
    broken
}

/// Everything beside the text, wherever it stands; and what is said in what Outlook has packed.
fn files(message: &Message<'_>) -> (Vec<SentFile>, String) {
    // There may be millions of both, of nothing each.
    let attached: HashSet<usize> = message.attachments.iter().map(|id| place(*id)).collect();
    let parts = message.parts.iter().enumerate().filter(|(id, part)| {
        let is_attached = attached.contains(id);
        match &part.body {
            PartType::Text(_) | PartType::Html(_) => is_attached,
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) => true,
            PartType::Multipart(_) => false,
        }
    });
    let files = parts.map(|(_, part)| SentFile {
        name: cut(&one_line(&file_name(part)), NAME_MAX),
        is_inline: part.content_disposition().is_some_and(|said| said.c_type.eq_ignore_ascii_case("inline"))
            || part.content_id().is_some(),
        content: part.contents().to_vec(),
    });
    let (mut kept, mut said) = (Vec::new(), String::new());
    for file in files.filter(|file| !file.content.is_empty()).take(MOST_FILES) {
        unpack(file, &mut kept, &mut said);
    }
    kept.truncate(MOST_FILES);
    (kept, said)
}

/// Takes a file, or what Outlook has packed in it. Where that is not all there is, the file itself is kept as well.
fn unpack(file: SentFile, kept: &mut Vec<SentFile>, said: &mut String) {
    let Some(unpacked) = tnef::unpack(&file.content) else { return kept.push(file) };
    let text = match unpacked.text.trim() {
        "" => html_to_text(&on_lines(&unpacked.html)),
        _ => unpacked.text,
    };
    let is_all = unpacked.is_whole && !(unpacked.files.is_empty() && text.trim().is_empty());
    if said.is_empty() {
        *said = text;
    }
    kept.extend(unpacked.files.into_iter().map(|packed| SentFile {
        name: cut(&one_line(&packed.name), NAME_MAX),
        is_inline: packed.is_inline,
        content: packed.content,
    }));
    if !is_all {
        kept.push(file);
    }
}

/// Letters of which nobody says in which encoding they are.
fn guessed(letters: &[u8]) -> String {
    decode_text(letters)
}

fn file_name(part: &MessagePart<'_>) -> String {
    match (part.attachment_name(), &part.body) {
        (Some(name), _) => name.to_owned(),
        (None, PartType::Message(_)) => "message.eml".to_owned(),
        (None, _) => {
            let ending = part.content_type().and_then(|kind| kind.c_subtype.as_deref()).unwrap_or("bin");
            format!("attachment.{ending}")
        }
    }
}

/// What a mail server reports (RFC 3462, RFC 3464).
fn report(message: &Message<'_>) -> Option<DeliveryReport> {
    let root = message.parts.first()?;
    if !root.is_content_type("multipart", "report") {
        return None;
    }
    let mut report = DeliveryReport::default();
    for part in message.parts.iter().skip(1) {
        match &part.body {
            PartType::Message(nested) => report.message_ids.extend(nested.message_id().map(str::to_owned)),
            PartType::Text(_) | PartType::Html(_) | PartType::Binary(_) | PartType::InlineBinary(_) => {
                let said = String::from_utf8_lossy(part.contents()).into_owned();
                if part.is_content_type("message", "delivery-status") {
                    let field = |name: &str| {
                        said.lines().find_map(|line| {
                            let (known, value) = line.split_once(':')?;
                            known.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
                        })
                    };
                    report.is_final |= field("Action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
                    let why = field("Diagnostic-Code").or_else(|| field("Status")).unwrap_or_default();
                    report.why = cut(&one_line(&why), WHY_MAX);
                } else if part.is_content_type("text", "rfc822-headers") {
                    let head = MessageParser::default().parse_headers(part.contents());
                    report.message_ids.extend(head.and_then(|head| head.message_id().map(str::to_owned)));
                }
            }
            PartType::Multipart(_) => {}
        }
    }
    Some(report)
}

#[cfg(test)]
mod tests {
    use super::{head, read};

    #[test]
    fn letters_are_read_in_whatever_encoding_they_were_written() {
        let of = |subject: &[u8], head: &str, body: &[u8]| {
            let raw = [
                &b"From: =?utf-8?Q?R=C5=AF=C5=BEena?= <Ruzena@Skola.example>\r\nSubject: "[..],
                subject,
                b"\r\nMIME-Version: 1.0\r\n",
                head.as_bytes(),
                b"\r\n\r\n",
                body,
            ];
            let mail = read(&raw.concat()).expect("a mail");
            assert_eq!((mail.from_name.as_str(), mail.from_address.as_str()), ("Růžena", "ruzena@skola.example"));
            (mail.subject, mail.text)
        };
        let said = ("Žluťoučký kůň".to_owned(), "Příliš žluťoučký kůň".to_owned());
        let windows = b"P\xf8\xedli\x9a \x9elu\x9dou\xe8k\xfd k\xf9\xf2";
        let iso = b"P\xf8\xedli\xb9 \xbelu\xbbou\xe8k\xfd k\xf9\xf2";
        for (subject, head, body) in [
            (
                "=?utf-8?B?xb1sdcWlb3XEjWvDvSBrxa/FiA==?=".as_bytes(),
                "Content-Type: text/plain; charset=utf-8",
                "Příliš žluťoučký kůň".as_bytes(),
            ),
            (
                b"=?windows-1250?Q?=8Elu=9Dou=E8k=FD_k=F9=F2?=",
                "Content-Type: text/plain; charset=windows-1250",
                windows,
            ),
            (
                b"=?iso-8859-2?Q?=AElu=BBou=E8k=FD?= =?iso-8859-2?Q?_k=F9=F2?=",
                "Content-Type: text/plain; charset=\"ISO-8859-2\"",
                iso,
            ),
            ("Žluťoučký kůň".as_bytes(), "Content-Type: text/plain", windows),
            (
                b"\x8elu\x9dou\xe8k\xfd k\xf9\xf2",
                "Content-Type: text/html; charset=utf-8",
                "<html><head><style>p{}</style></head><body><p>Příliš žluťoučký k&#367;&#328;</p>".as_bytes(),
            ),
            (
                b"=?UTF-8?Q?=C5=BDlu=C5=A5ou=C4=8Dk=C3=BD_k=C5=AF=C5=88?=",
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
                b"P=C5=99=C3=ADli=C5=A1 =C5=BElu=C5=A5ou=C4=8Dk=C3=BD k=\r\n=C5=AF=C5=88",
            ),
        ] {
            assert_eq!(of(subject, head, body), said, "{head}");
        }
    }

    #[test]
    fn markup_becomes_lines() {
        let raw = b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<div>Nejde tisk.</div><DIV>Od r\xc3\xa1na.</DIV><ul><li>stravenky</li><li>denik</li></ul>";
        let text = read(raw).unwrap().text;
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["Nejde tisk.", "Od rána.", "stravenky", "denik"]);
    }

    const MIXED: &str = "From: jana@skola.example\r\nTo: Linka <LINKA+r.1@Vendor.example>, x@y.example\r\nDelivered-To: <linka@vendor.example>\r\n\
        Subject: Nejde tisk\r\nMessage-ID: <1@skola.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nPlain.\r\n\
        --a\r\nContent-Type: text/html\r\n\r\n<b>Rich.</b>\r\n--a--\r\n\
        --b\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n\
        --b\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgAA\r\n\
        --b\r\nContent-Type: text/plain; name=\"=?utf-8?Q?v=C3=BDpis.log?=\"\r\nContent-Disposition: attachment\r\n\r\nchyba 5\r\n\
        --b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: uvnitr\r\n\r\nPreposlano.\r\n--b--\r\n";

    #[test]
    fn text_files_and_recipients_are_told_apart() {
        let mail = read(MIXED.as_bytes()).unwrap();
        assert_eq!(mail.text, "Plain.");
        assert_eq!((mail.message_id.as_str(), mail.header("subject")), ("1@skola.example", Some("Nejde tisk")));
        assert_eq!(mail.recipients, ["linka+r.1@vendor.example", "linka@vendor.example", "x@y.example"]);
        let files: Vec<_> = mail.files.iter().map(|file| (file.name.as_str(), file.is_inline)).collect();
        assert_eq!(
            files,
            [("attachment.png", true), ("winmail.dat", false), ("výpis.log", false), ("message.eml", false)]
        );
        assert_eq!(mail.files[0].content, b"\x89PNG\r\n");
        assert!(mail.report.is_none());
    }

    #[test]
    fn what_outlook_has_packed_is_unpacked() {
        use base64ct::{Base64, Encoding as _};

        use super::tnef::tests::{packed, part};
        let winmail = packed(&[
            part(1, 0x0002_800c, b"Nejde tisk stravenek.\0"),
            part(2, 0x0006_9002, &[0; 14]),
            part(2, 0x0001_8010, b"smlouva.pdf\0"),
            part(2, 0x0006_800f, b"%PDF-1.7"),
        ]);
        let mail = |winmail: &[u8], text: &str| {
            let raw = format!(
                "From: jana@skola.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n\
                 --b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
                Base64::encode_string(winmail)
            );
            let mail = read(raw.as_bytes()).unwrap();
            (mail.text, mail.files.into_iter().map(|file| file.name).collect::<Vec<_>>())
        };
        assert_eq!(mail(&winmail, "Viz smlouva."), ("Viz smlouva.".to_owned(), vec!["smlouva.pdf".to_owned()]));
        assert_eq!(mail(&winmail, "").0, "Nejde tisk stravenek.");
        let (_, broken) = mail(&winmail[..winmail.len() - 1], "");
        assert_eq!(broken, ["winmail.dat"], "what breaks off stays as it came");
        let alone = [
            &b"From: a@b.example\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: 8bit\n\n"[..],
            &winmail,
        ];
        let alone = read(&alone.concat()).unwrap();
        assert_eq!((alone.text.as_str(), alone.files[0].name.as_str()), ("Nejde tisk stravenek.", "smlouva.pdf"));
    }

    #[test]
    fn a_report_says_which_mail_was_not_delivered() {
        let report = |action: &str, last: &str| {
            let raw = format!(
                "From: MAILER-DAEMON@skola.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
                 --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n\
                 Final-Recipient: rfc822; jana@skola.example\r\nAction: {action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 No such user\r\n\
                 --b\r\n{last}\r\n--b--\r\n"
            );
            read(raw.as_bytes()).unwrap().report.unwrap()
        };
        let whole = "Content-Type: message/rfc822\r\n\r\nFrom: linka@vendor.example\r\nMessage-ID: <7@vendor.example>\r\n\r\nTermín";
        let head =
            "Content-Type: text/rfc822-headers\r\n\r\nFrom: linka@vendor.example\r\nMessage-ID: <7@vendor.example>\r\n";
        for last in [whole, head] {
            let failed = report("failed", last);
            assert_eq!((failed.is_final, failed.message_ids), (true, vec!["7@vendor.example".to_owned()]));
            assert_eq!(failed.why, "smtp; 550 No such user");
            assert!(!report("delayed", last).is_final);
        }
    }

    #[test]
    fn a_mail_of_a_great_many_empty_parts_is_read_at_once() {
        let head = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n";
        let files = "--b\nContent-Disposition: attachment\n\n\n".repeat(40_000);
        let texts = "--b\n\n\n".repeat(100_000);
        let mail = format!("{head}{files}{texts}--b--\n");
        let (done, is_done) = std::sync::mpsc::channel();
        std::thread::spawn(move || done.send(read(mail.as_bytes()).map(|mail| mail.files.len())));
        let patience = std::time::Duration::from_secs(20);
        assert_eq!(is_done.recv_timeout(patience).expect("read by now"), Some(0));
    }

    #[test]
    fn what_has_no_head_is_no_mail() {
        for raw in [&b""[..], b"\r\n", b"\0\xff\xfe", b"Nejde tisk.", b"K veci: nejde tisk.\n\nJana"] {
            assert_eq!(read(raw), None, "{raw:?}");
        }
        assert_eq!(head(b"From: a\r\nTo: b\r\n\r\nText\n\n"), b"From: a\r\nTo: b\r\n\r\n");
        assert_eq!(head(b"From: a\n\nText"), b"From: a\n\n");
        assert_eq!(head(b"x"), b"x");
        let mbox = b"From jana@skola.example Mon Nov 23 08:00:00 2026\nFrom: jana@skola.example\n\nText";
        assert_eq!(read(mbox).unwrap().from_address, "jana@skola.example");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
            at in 0_usize..MIXED.len(),
            length in 0_usize..40,
        ) {
            let _ = read(&bytes);
            // A mail that is broken somewhere in the middle.
            let mut broken = MIXED.as_bytes().to_vec();
            let end = (at + length).min(broken.len());
            broken.splice(at..end, bytes.iter().copied());
            let _ = read(&broken);
            proptest::prop_assert!(head(&broken).len() <= broken.len());
        }
    }
}
