//! Mails as they come: of all kinds and in all encodings.

use linka::model::work::mail_in::{InboundState, WaitReason};

/// The address of the line.
pub(super) const LINE: &str = "linka@vendor.example";
/// Something spoken, as short as can be.
pub(super) const WAV: &[u8] =
    b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\0\0\0";

/// How MP3 and Ogg begin.
const MP3: &[u8] = b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0";
const OGG: &[u8] = b"OggS\0\x02\0\0\0\0\0\0";

/// How a mail ends.
pub(super) type Expected = (InboundState, Option<WaitReason>);

/// Who writes, and where.
pub(super) struct Parties {
    /// Somebody of a customer.
    pub known: String,
    /// Where that person answers.
    pub reply: String,
    /// Where somebody of another customer answers.
    pub foreign_reply: String,
    /// The identity of a mail of ours.
    pub message_id: String,
}

/// A mail, and how it ends; none for what is there already.
pub(super) struct Sent {
    pub raw: Vec<u8>,
    pub ends: Option<Expected>,
}

/// "Příliš žluťoučký kůň" as Windows and as ISO 8859-2 write it.
const WINDOWS: &[u8] = b"P\xf8\xedli\x9a \x9elu\x9dou\xe8k\xfd k\xf9\xf2";
const ISO: &[u8] = b"P\xf8\xedli\xb9 \xbelu\xbbou\xe8k\xfd k\xf9\xf2";
const SAID: &str = "Příliš žluťoučký kůň";

fn head(from: &str, to: &str, subject: &str, place: usize) -> String {
    format!(
        "Return-Path: <{from}>\r\nReceived: from mx by linka\r\nFrom: Jana <{from}>\r\nTo: Linka <{to}>\r\nSubject: {subject}\r\n\
         Message-ID: <{place}.{}@skola.example>\r\nMIME-Version: 1.0\r\n",
        subject.len()
    )
}

fn text(head: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    [head.as_bytes(), format!("Content-Type: {kind}\r\n\r\n").as_bytes(), body, b"\r\n"].concat()
}

fn utf8(head: &str, body: &str) -> Vec<u8> {
    text(head, "text/plain; charset=utf-8", body.as_bytes())
}

/// Of somebody, to the line.
pub(super) fn plain(from: &str, subject: &str, body: &str) -> Vec<u8> {
    to(LINE, from, subject, body)
}

/// Of somebody, to an address.
pub(super) fn to(to: &str, from: &str, subject: &str, body: &str) -> Vec<u8> {
    let place = body.bytes().enumerate().map(|(place, byte)| (place + 1) * usize::from(byte)).sum();
    utf8(&head(from, to, &encoded(subject), place), body)
}

fn encoded(subject: &str) -> String {
    let letters: String = subject.bytes().map(|byte| format!("={byte:02X}")).collect();
    format!("=?utf-8?Q?{letters}?=")
}

/// The same address with another seal.
pub(super) fn forged(reply: &str) -> String {
    let (name, host) = reply.split_once('@').expect("an address");
    let (rest, last) = name.split_at(name.len() - 1);
    format!("{rest}{}@{host}", if last == "0" { "1" } else { "0" })
}

fn mixed(head: &str, body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut raw = format!(
        "{head}Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    );
    for (kind, content) in parts {
        raw.push_str(&format!("--b\r\n{kind}\r\n\r\n{content}\r\n"));
    }
    (raw + "--b--\r\n").into_bytes()
}

/// `winmail.dat` with a file in it.
const TNEF: (&str, &str) = (
    "Content-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64",
    "eJ8+IgEAAgKQBgAOAAAAAAAAAAAAAAAAAAAAAAAAAAIQgAEACgAAAHZ5a2F6LnR4dADDAwIPgAYACQAAAGNoeWJhIDcNCnUC",
);
/// The same with nothing in it that could be unpacked.
const EMPTY_TNEF: (&str, &str) = (TNEF.0, "eJ8+IgAA");

/// Of somebody whom nobody knows, with a file that is not taken.
pub(super) fn with_a_program(subject: &str) -> Vec<u8> {
    let program = "Content-Type: application/octet-stream; name=\"smlouva.exe\"\r\nContent-Disposition: attachment";
    let head = head("nikdo@jinde.example", LINE, &encoded(subject), 0);
    mixed(&head, "Od rána nejde tisk stravenek.", &[(program, "MZ\u{1}\u{2}\u{0}")])
}

/// With a file that is taken, and one that is not.
pub(super) fn with_files(from: &str) -> Vec<u8> {
    let log = "Content-Type: text/plain; name=\"=?utf-8?Q?v=C3=BDpis.log?=\"\r\nContent-Disposition: attachment";
    mixed(&head(from, LINE, "Nejde tisk stravenek", 0), "Viz přílohy.", &[TNEF, EMPTY_TNEF, (log, "chyba 5")])
}

/// As many as are asked for, of every kind in turn.
pub(super) fn mails(parties: &Parties, count: usize) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    for place in 0..count {
        let mail = if place == 7 { thirty_megabytes(parties) } else { of_kind(parties, place) };
        // Every twentieth comes again, byte by byte.
        let mail = match (place % 20, sent.last()) {
            (19, Some(before)) => Sent { raw: before.raw.clone(), ends: None },
            _ => mail,
        };
        sent.push(mail);
    }
    sent
}

fn thirty_megabytes(parties: &Parties) -> Sent {
    let zip = "Content-Type: application/zip; name=\"data.zip\"\r\nContent-Transfer-Encoding: base64";
    let large = "QUFB".repeat(30 * 1024 * 1024 / 4);
    let raw = mixed(&head(&parties.known, LINE, "Velka priloha", 7), SAID, &[(zip, &large)]);
    Sent { raw, ends: Some((InboundState::Request, None)) }
}

fn of_kind(parties: &Parties, place: usize) -> Sent {
    let known = |subject: &str| head(&parties.known, LINE, subject, place);
    let (request, reply) = ((InboundState::Request, None), (InboundState::Reply, None));
    let waits = |reason| (InboundState::Waiting, Some(reason));
    let (raw, ends) = match place % 20 {
        0 => (utf8(&known("Nejde tisk"), SAID), request),
        1 => {
            (text(&known("=?windows-1250?Q?=8Elu=9Dou=E8k=FD?="), "text/plain; charset=windows-1250", WINDOWS), request)
        }
        2 => (text(&known("=?iso-8859-2?Q?=AElu=BBou=E8k=FD?="), "text/plain; charset=iso-8859-2", ISO), request),
        3 => (
            text(
                &known("Nejde tisk"),
                "text/html; charset=utf-8",
                b"<p>P&#345;&iacute;li\xc5\xa1 \xc5\xbelu\xc5\xa5ou\xc4\x8dk\xc3\xbd k\xc5\xaf\xc5\x88</p>",
            ),
            request,
        ),
        4 => (base64(&known("Nejde tisk")), request),
        5 => (mixed(&known("Nejde tisk"), SAID, &[TNEF]), request),
        6 => (signed(&known("Nejde tisk")), request),
        7 => (
            mixed(
                &known("Fwd: Chyba"),
                SAID,
                &[("Content-Type: message/rfc822", "From: x@y.example\r\nSubject: Chyba\r\n\r\nNejde.")],
            ),
            request,
        ),
        8 => (
            utf8(&(known("Re: Termin") + "Auto-Submitted: auto-replied\r\n"), "Jsem pryč."),
            (InboundState::AutoReply, None),
        ),
        9 => (utf8(&known(&encoded("Automatická odpověď: Termín")), "Jsem pryč."), (InboundState::AutoReply, None)),
        10 => (utf8(&(known("Novinky") + "Precedence: bulk\r\n"), "Sleva."), (InboundState::AutoReply, None)),
        11 => (own(parties, place), (InboundState::Loop, None)),
        12 => {
            (utf8(&(known("Nejde tisk") + &"Received: from a by b\r\n".repeat(40)), SAID), (InboundState::Loop, None))
        }
        13 => (format!("Nejde tisk {place}, co s tim\n\n\0").into_bytes(), (InboundState::Unreadable, None)),
        14 => (broken(&known("Nejde tisk")), request),
        15 => (utf8(&head("nikdo@jinde.example", LINE, "Nejde tisk", place), SAID), waits(WaitReason::UnknownSender)),
        16 => (
            utf8(&head(&parties.known, &parties.reply, "Re: Termin", place), &format!("Ano {place}.\r\n\r\n> Kdy?")),
            reply,
        ),
        17 => (
            utf8(&head(&parties.known, &parties.foreign_reply, "Re: Termin", place), "Ne."),
            waits(WaitReason::ForeignRequest),
        ),
        _ => (bounced(parties, place), (InboundState::Bounce, None)),
    };
    Sent { raw, ends: Some(ends) }
}

fn base64(head: &str) -> Vec<u8> {
    let head = format!("{head}Content-Transfer-Encoding: base64\r\n");
    text(&head, "text/plain; charset=utf-8", b"UMWZw61sacWhIMW+bHXFpW91xI1rw70ga8WvxYg=")
}

fn signed(head: &str) -> Vec<u8> {
    format!(
        "{head}Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=\"s\"\r\n\r\n\
         --s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{SAID}\r\n\
         --s\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n--s--\r\n"
    )
    .into_bytes()
}

/// Cut off in the middle, with a boundary that nobody ends.
fn broken(head: &str) -> Vec<u8> {
    format!("{head}Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{SAID}\r\n--b\r\nContent-Ty").into_bytes()
}

/// A mail of ours that somebody has sent back to us.
fn own(parties: &Parties, place: usize) -> Vec<u8> {
    let head = format!(
        "Received: from mx{place} by linka\r\nFrom: Linka <linka@example.com>\r\nTo: {LINE}\r\nSubject: Termin\r\nMessage-ID: <{}@example.com>\r\n\
         Auto-Submitted: auto-generated\r\nX-Place: {place}\r\nMIME-Version: 1.0\r\n",
        parties.message_id
    );
    utf8(&head, "Termín.")
}

fn bounced(parties: &Parties, place: usize) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@skola.example\r\nTo: {LINE}\r\nSubject: Undelivered\r\nMessage-ID: <{place}@mx.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n\
         Final-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{}@example.com>\r\nSubject: Termin\r\n\r\nTermin\r\n--b--\r\n",
        parties.message_id
    )
    .into_bytes()
}

/// What exchanges send, as WAV, MP3 and Ogg, every second of a number that is somebody's.
pub(super) fn voices(count: usize) -> Vec<Sent> {
    let voice = |place: usize| {
        let number = if place.is_multiple_of(2) { "601 234 567" } else { "777 000 111" };
        let (kind, sound) = [("audio/wav", WAV), ("audio/mpeg", MP3), ("application/octet-stream", OGG)][place % 3];
        let subject = encoded(&format!("Hlasová zpráva od {number}"));
        let head = format!(
            "From: Ustredna <pbx@vendor.example>\r\nTo: {LINE}\r\nSubject: {subject}\r\nMessage-ID: <voice{place}@pbx.example>\r\n\
             Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nZprava {place}\r\n--b\r\nContent-Type: {kind}; name=\"zprava\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        );
        let audio: String = sound
            .iter()
            .map(|byte| format!("={byte:02X}"))
            .collect::<Vec<_>>()
            .chunks(20)
            .map(|line| line.concat() + "=\r\n")
            .collect();
        let audio = audio.trim_end_matches("=\r\n");
        let raw = format!("{head}{audio}\r\n--b--\r\n").into_bytes();
        Sent { raw, ends: Some((InboundState::Waiting, Some(WaitReason::Voice))) }
    };
    (0..count).map(voice).collect()
}
