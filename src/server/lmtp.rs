//! LMTP (RFC 2033): a mail server hands mails over, one after the other, and is told of each recipient that it is kept.
//!
//! No more of it than a mail server beside this one needs: no TLS, no sign-in. It listens on this machine's own addresses or on a
//! socket, and takes every recipient, as which of them are the line's is the mail server's to say.

use std::{io, path::Path, time::Duration};

use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, UnixListener},
    sync::watch,
    time::timeout,
};

use super::{
    app::App,
    config::LmtpAddress,
    service::work::mail_in::{self, TakenIn},
};
use crate::model::work::mail_in::MAIL_BYTES_MAX;

/// How long the other side may be silent.
const PATIENCE: Duration = Duration::from_secs(300);
/// The longest line that is not text of a mail; a mail server's are shorter (RFC 5321, 4.5.3.1).
const LINE_MAX: usize = 2_048;
/// The most recipients of a mail.
const RECIPIENTS_MAX: usize = 100;
/// The most conversations at a time.
const AT_ONCE: usize = 20;

/// What listens already, and serves once there is an application.
#[derive(Debug)]
pub enum Lmtp {
    /// On an address.
    Tcp(TcpListener),
    /// On a socket.
    Unix(UnixListener),
}

impl Lmtp {
    /// Begins to listen. A socket that a process has left behind is taken away first.
    ///
    /// # Errors
    /// When the address is in use.
    pub async fn bind(address: &LmtpAddress) -> io::Result<Self> {
        match address {
            LmtpAddress::Tcp(address) => Ok(Self::Tcp(TcpListener::bind(address).await?)),
            LmtpAddress::Unix(path) => {
                clear(path).await?;
                Ok(Self::Unix(UnixListener::bind(path)?))
            }
        }
    }

    /// Takes mails until it is told to stop; who is talking then is left to finish.
    pub async fn serve(self, app: App, mut stopped: watch::Receiver<bool>) {
        let places = std::sync::Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
        loop {
            let Ok(place) = places.clone().acquire_owned().await else { return };
            let accepted = async {
                match &self {
                    Self::Tcp(listener) => listener.accept().await.map(|(stream, _)| Either::Tcp(stream)),
                    Self::Unix(listener) => listener.accept().await.map(|(stream, _)| Either::Unix(stream)),
                }
            };
            let stream = tokio::select! {
                accepted = accepted => accepted,
                _ = stopped.wait_for(|stop| *stop) => return,
            };
            let app = app.clone();
            match stream {
                Ok(stream) => {
                    tokio::spawn(async move {
                        let _place = place;
                        let ended = match stream {
                            Either::Tcp(stream) => talk(&app, stream).await,
                            Either::Unix(stream) => talk(&app, stream).await,
                        };
                        if let Err(error) = ended {
                            tracing::info!(%error, "a mail server broke off");
                        }
                    });
                }
                Err(error) => {
                    tracing::error!(%error, "LMTP");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

enum Either {
    Tcp(tokio::net::TcpStream),
    Unix(tokio::net::UnixStream),
}

/// Takes a socket away that nobody listens on any more.
async fn clear(path: &Path) -> io::Result<()> {
    match tokio::net::UnixStream::connect(path).await {
        Ok(_) => Err(io::Error::new(io::ErrorKind::AddrInUse, "somebody listens there")),
        Err(_) => match tokio::fs::remove_file(path).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
    }
}

/// What the other side has said of the mail to come.
#[derive(Debug, Default)]
struct Envelope {
    /// Who has sent it: nobody is a mail server itself.
    sender: Option<String>,
    recipients: Vec<String>,
}

/// What a line asks for, and what it is answered.
enum Step {
    /// An answer, and nothing more.
    Say(String),
    /// The mail follows.
    Data,
    /// The end.
    Quit,
}

/// A conversation until its end.
///
/// # Errors
/// When the other side goes away or is silent for too long.
async fn talk(app: &App, stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 linka LMTP").await?;
    let mut envelope = Envelope::default();
    loop {
        let Some(line) = read_line(&mut stream).await? else { return Ok(()) };
        match step(&mut envelope, &line) {
            Step::Say(answer) => say(&mut stream, &answer).await?,
            Step::Quit => return say(&mut stream, "221 2.0.0 bye").await,
            Step::Data => {
                say(&mut stream, "354 end with a dot").await?;
                let (raw, bytes) = read_mail(&mut stream, &envelope).await?;
                let answer = match mail_in::take_in(app, &raw, bytes).await {
                    Ok(TakenIn::Kept | TakenIn::Unreadable) => "250 2.0.0 kept",
                    Ok(TakenIn::TooLarge) => "552 5.3.4 too large, only its head is kept",
                    Err(problem) => {
                        tracing::error!(%problem, "a mail is not kept");
                        "451 4.3.0 try again"
                    }
                };
                // One answer for each recipient.
                for _ in &envelope.recipients {
                    say(&mut stream, answer).await?;
                }
                envelope = Envelope::default();
            }
        }
    }
}

fn step(envelope: &mut Envelope, line: &str) -> Step {
    let upper = line.trim().to_ascii_uppercase();
    let verb = upper.split([' ', ':']).next().unwrap_or_default();
    let answer = match verb {
        "LHLO" => {
            *envelope = Envelope::default();
            return Step::Say(format!(
                "250-linka\r\n250-8BITMIME\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {MAIL_BYTES_MAX}"
            ));
        }
        "HELO" | "EHLO" => "500 5.5.1 this is LMTP",
        "MAIL" if envelope.sender.is_some() => "503 5.5.1 one at a time",
        "MAIL" => {
            let sender = if upper.starts_with("MAIL FROM:<>") { Some(String::new()) } else { address(line) };
            envelope.sender = sender;
            if envelope.sender.is_some() { "250 2.1.0 ok" } else { "501 5.5.4 from whom" }
        }
        "RCPT" if envelope.sender.is_none() => "503 5.5.1 from whom",
        "RCPT" if envelope.recipients.len() >= RECIPIENTS_MAX => "452 4.5.3 too many",
        "RCPT" => match address(line) {
            Some(address) => {
                envelope.recipients.push(address);
                "250 2.1.5 ok"
            }
            None => "501 5.5.4 to whom",
        },
        "DATA" if envelope.recipients.is_empty() => "503 5.5.1 to whom",
        "DATA" => return Step::Data,
        "RSET" => {
            *envelope = Envelope::default();
            "250 2.0.0 ok"
        }
        "NOOP" | "VRFY" => "252 2.0.0 ok",
        "QUIT" => return Step::Quit,
        _ => "500 5.5.2 unknown",
    };
    Step::Say(answer.to_owned())
}

/// What stands between the brackets: nothing that ends a header.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    let is_one =
        address.contains('@') && address.len() <= 320 && !address.chars().any(|c| c.is_control() || c.is_whitespace());
    is_one.then(|| address.to_owned())
}

/// The mail, with its sender and recipients above it as mail servers write them; and how long it is in all. Of what is too large no more is kept
/// than shows that it is. Only a dot on a line of its own between whole ends of lines ends it (RFC 5321, 4.1.1.4): whoever takes others for
/// an end reads what somebody has written as what the mail server says.
async fn read_mail(stream: &mut (impl AsyncBufRead + Unpin), envelope: &Envelope) -> io::Result<(Vec<u8>, u64)> {
    let mut raw = format!("Return-Path: <{}>\r\n", envelope.sender.as_deref().unwrap_or_default()).into_bytes();
    for recipient in &envelope.recipients {
        raw.extend_from_slice(format!("Delivered-To: {recipient}\r\n").as_bytes());
    }
    let (mut bytes, mut begins_line, mut before) = (raw.len(), true, None);
    let mut line = Vec::new();
    loop {
        line.clear();
        // A piece of a line that is too long to be held is a line that has not ended yet.
        let ended = timeout(PATIENCE, read_until(stream, &mut line, 64 * 1024)).await??;
        if line.is_empty() && !ended {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if begins_line && line == b".\r\n" {
            return Ok((raw, u64::try_from(bytes).unwrap_or(u64::MAX)));
        }
        let piece = if begins_line && line.starts_with(b".") { line.get(1..).unwrap_or_default() } else { &line };
        bytes += piece.len();
        let room = (MAIL_BYTES_MAX + 1).saturating_sub(raw.len());
        raw.extend_from_slice(piece.get(..piece.len().min(room)).unwrap_or_default());
        // The two bytes of an end may stand in two pieces.
        begins_line = ended && (line.ends_with(b"\r\n") || line == b"\n" && before == Some(b'\r'));
        before = line.last().copied();
    }
}

/// Reads up to the end of a line, or up to so many bytes; whether the line ended.
async fn read_until(stream: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    loop {
        let there = stream.fill_buf().await?;
        if there.is_empty() {
            return Ok(false);
        }
        let room = there.get(..there.len().min(most.saturating_sub(line.len()))).unwrap_or_default();
        let end = room.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let taken = end.unwrap_or(room.len());
        line.extend_from_slice(room.get(..taken).unwrap_or_default());
        stream.consume(taken);
        if end.is_some() || line.len() >= most {
            return Ok(end.is_some());
        }
    }
}

/// A line of the conversation; none at its end.
async fn read_line(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let ended = timeout(PATIENCE, read_until(stream, &mut line, LINE_MAX)).await??;
    match (ended, line.is_empty()) {
        (true, _) => Ok(Some(String::from_utf8_lossy(&line).into_owned())),
        (false, true) => Ok(None),
        (false, false) => Err(io::Error::new(io::ErrorKind::InvalidData, "a line that does not end")),
    }
}

async fn say(stream: &mut BufReader<impl AsyncRead + AsyncWrite + Unpin>, answer: &str) -> io::Result<()> {
    stream.get_mut().write_all(format!("{answer}\r\n").as_bytes()).await?;
    stream.get_mut().flush().await
}

#[cfg(test)]
mod tests {
    use super::{Envelope, Step, address, read_mail, step};

    #[test]
    fn what_is_said_out_of_turn_is_refused_and_forgets_nothing() {
        let mut envelope = Envelope::default();
        let mut said = |line: &str| match step(&mut envelope, line) {
            Step::Say(answer) => answer.chars().take(3).collect(),
            Step::Data => "354".to_owned(),
            Step::Quit => "221".to_owned(),
        };
        for (line, answer) in [
            ("EHLO mx", "500"),
            ("lhlo mx", "250"),
            ("RCPT TO:<a@b.example>", "503"),
            ("DATA", "503"),
            ("MAIL FROM:jana", "501"),
            ("MAIL FROM:<>", "250"),
            ("MAIL FROM:<x@y.example>", "503"),
            ("DATA", "503"),
            ("RCPT TO:<>", "501"),
            ("RCPT TO:<linka+r.1@vendor.example> NOTIFY=NEVER", "250"),
            ("DATA", "354"),
            ("RSET", "250"),
            ("DATA", "503"),
            ("NOOP", "252"),
            ("XYZZY", "500"),
            ("QUIT", "221"),
        ] {
            assert_eq!(said(line), answer, "{line}");
        }
    }

    #[test]
    fn an_address_ends_no_header() {
        assert_eq!(address("RCPT TO:<a@b.example>").as_deref(), Some("a@b.example"));
        for wrong in ["RCPT TO:a@b.example", "RCPT TO:<a b@c>", "RCPT TO:<a@b\rX: y>", "RCPT TO:<>"] {
            assert_eq!(address(wrong), None, "{wrong:?}");
        }
    }

    #[tokio::test]
    async fn a_mail_is_read_to_its_dot_and_not_beyond() {
        let sent = b"Subject: x\r\n\r\n..dots\r\n.\rno end\r\n.\r\nQUIT\r\n";
        let mut stream = &sent[..];
        let envelope = Envelope { sender: Some(String::new()), recipients: vec!["l@v.example".to_owned()] };
        let (raw, bytes) = read_mail(&mut stream, &envelope).await.expect("a mail");
        assert_eq!(raw, b"Return-Path: <>\r\nDelivered-To: l@v.example\r\nSubject: x\r\n\r\n.dots\r\n\rno end\r\n");
        assert_eq!((bytes, stream), (u64::try_from(raw.len()).unwrap(), &b"QUIT\r\n"[..]));
        let smuggled = b"Subject: x\r\n\r\na\n.\nMAIL FROM:<x@y.example>\r\nb\n.\r\nc\r\n.\nd\r\n.\r\nQUIT\r\n";
        let mut stream = &smuggled[..];
        let (raw, _) = read_mail(&mut stream, &envelope).await.expect("a mail");
        assert!(raw.ends_with(b"a\n.\nMAIL FROM:<x@y.example>\r\nb\n.\r\nc\r\n\nd\r\n"), "{:?}", raw.escape_ascii());
        assert_eq!(stream, b"QUIT\r\n");
        let mut broken = &b"Subject: x\r\n\r\nText"[..];
        assert!(read_mail(&mut broken, &envelope).await.is_err(), "what breaks off is no mail");
    }
}
