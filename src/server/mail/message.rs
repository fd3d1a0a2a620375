//! A letter as a message (RFC 5322): headers, and the same thing said as text, as HTML and, where it is about a time, as a
//! calendar event; with the document that it is about, if there is one.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use super::{Mail, SendError, codes::Picture, event::Event};
use crate::model::base::text::one_line;

/// The parts of a message.
pub struct Parts<'a> {
    /// The subject.
    pub subject: &'a str,
    /// As plain text.
    pub text: &'a str,
    /// As HTML.
    pub html: &'a str,
    /// The pictures that the HTML shows.
    pub pictures: &'a [Picture],
    /// The event that the recipient's calendar shall hold.
    pub event: Option<&'a Event>,
}

/// Packs a mail. Its identity is the same however often it is packed.
///
/// # Errors
/// [`SendError::Refused`] when the address is none.
pub fn pack(mail: &Mail, from: &Mailbox, parts: &Parts<'_>, now: DateTime<Utc>) -> Result<Message, SendError> {
    let mut body = MultiPart::alternative().singlepart(SinglePart::plain(String::from(parts.text)));
    body = match parts.pictures {
        [] => body.singlepart(SinglePart::html(String::from(parts.html))),
        pictures => body.multipart(with_pictures(parts.html, pictures)?),
    };
    if let Some(event) = parts.event {
        body = body.singlepart(calendar_part(event)?);
    }
    // What is said in three ways is one part; the file is another thing beside it.
    if let Some(file) = &mail.attachment {
        let content_type = content_type(file.content_type)?;
        let part = Attachment::new(one_line(&file.name)).body(file.content.clone(), content_type);
        body = MultiPart::mixed().multipart(body).singlepart(part);
    }
    let mut head = head((&mail.to_name, &mail.to_address), from, parts.subject, mail.message_id, now)?;
    if let Some(reply_to) = &mail.reply_to {
        head = head.reply_to(Mailbox::new(from.name.clone(), address(reply_to)?));
    }
    head.multipart(body).map_err(|error| SendError::Refused(error.to_string()))
}

/// The HTML and the pictures that it names, as one thing.
fn with_pictures(html: &str, pictures: &[Picture]) -> Result<MultiPart, SendError> {
    let png = content_type("image/png")?;
    let related = MultiPart::related().singlepart(SinglePart::html(html.to_owned()));
    Ok(pictures.iter().fold(related, |related, picture| {
        related.singlepart(Attachment::new_inline(picture.id.clone()).body(picture.png.clone(), png.clone()))
    }))
}

/// Packs a mail of plain text: subject and body.
///
/// # Errors
/// [`SendError::Refused`] when the address is none.
pub fn plain(
    (to_name, to_address): (&str, &str),
    from: &Mailbox,
    (subject, body): (&str, &str),
    message_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Message, SendError> {
    head((to_name, to_address), from, subject, message_id, now)?
        .singlepart(SinglePart::plain(body.to_owned()))
        .map_err(|error| SendError::Refused(error.to_string()))
}

/// What every message of ours begins with.
fn head(
    (to_name, to_address): (&str, &str),
    from: &Mailbox,
    subject: &str,
    message_id: Uuid,
    now: DateTime<Utc>,
) -> Result<MessageBuilder, SendError> {
    let to = Mailbox::new(Some(one_line(to_name)).filter(|name| !name.is_empty()), address(to_address)?);
    Ok(Message::builder()
        .from(from.clone())
        .to(to)
        .subject(one_line(subject))
        .date(SystemTime::from(now))
        .message_id(Some(format!("<{message_id}@{}>", from.email.domain())))
        // No out-of-office reply, please (RFC 3834).
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())))
}

/// From whom and to whom, as the mail server is told.
///
/// # Errors
/// [`SendError::Refused`] when the address is none.
pub fn envelope(mail: &Mail, from: &Mailbox) -> Result<Envelope, SendError> {
    let sender = mail.return_path.as_deref().map_or_else(|| Ok(from.email.clone()), address)?;
    Envelope::new(Some(sender), vec![address(&mail.to_address)?]).map_err(|error| SendError::Refused(error.to_string()))
}

/// Mail programs show an event as an invitation when its part tells the same method as the event.
fn calendar_part(event: &Event) -> Result<SinglePart, SendError> {
    let content_type = content_type(&format!("text/calendar; charset=utf-8; method={}", event.method.code()))?;
    Ok(SinglePart::builder().header(content_type).body(event.to_string()))
}

fn content_type(text: &str) -> Result<ContentType, SendError> {
    ContentType::parse(text).map_err(|error| SendError::Refused(error.to_string()))
}

fn address(address: &str) -> Result<Address, SendError> {
    address.parse().map_err(|error| SendError::Refused(format!("the address is none: {error}")))
}
