//! Mails as they leave the house: a letter laid out in the recipient's language, packed as a message and handed to the
//! mail server.
//!
//! What is to be said comes from [`MailContent`]; when and to whom is decided elsewhere (`server::db::mails` writes a mail
//! in the transaction of what it tells about, `server::jobs` has it sent).

mod codes;
pub mod event;
mod html;
mod letter;
mod message;
mod transport;

use std::sync::Arc;

use base64ct::{Base64, Encoding};
use chrono::{DateTime, Utc};
pub use lettre::message::Mailbox;
use uuid::Uuid;

use self::codes::Picture;
pub use self::transport::{SendError, Transport};
pub use crate::ui::texts::Locale;
use crate::{
    model::{
        base::{ids::MailId, preview::MailPreview},
        mails::MailContent,
    },
    ui::{format, texts::t},
};

/// A mail that was written, to be laid out and sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Mail {
    /// Which.
    pub id: MailId,
    /// The address.
    pub to_address: String,
    /// The person.
    pub to_name: String,
    /// In which language that person is written to.
    pub locale: Locale,
    /// The number of the line that this person calls.
    pub line_phone: String,
    /// What it says.
    pub content: MailContent,
    /// The message's identity, the same for every try.
    pub message_id: Uuid,
    /// The file that goes with it.
    pub attachment: Option<Attachment>,
    /// Where it is answered; none where nobody reads that.
    pub reply_to: Option<String>,
    /// Where mail servers say that it was not delivered; the sender's own address where nobody listens.
    pub return_path: Option<String>,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What it is, as mails and browsers say it.
    pub content_type: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A mail laid out, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOut {
    /// The subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// The pictures that the HTML shows.
    pictures: Vec<Picture>,
    /// The whole message, as it goes over the wire (RFC 5322).
    pub message: Vec<u8>,
}

impl LaidOut {
    /// The HTML as a browser shows it: with its pictures in it.
    #[must_use]
    pub fn page(&self) -> String {
        self.pictures.iter().fold(self.html.clone(), |page, picture| {
            let data = format!("data:image/png;base64,{}", Base64::encode_string(&picture.png));
            page.replace(&format!("cid:{}", picture.id), &data)
        })
    }
}

/// What is said in a request's conversation for who wants to be called before the agreed time.
#[must_use]
pub fn call_me(locale: Locale, phone: &str) -> String {
    t!(locale => "ready-call-message", phone = phone)
}

/// Lays mails out and sends them.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: Transport,
    from: Mailbox,
    base_url: Arc<str>,
    /// At which address mails are taken.
    line: Option<Arc<str>>,
}

impl Mailer {
    /// A mailer; links in mails begin with `base_url`, which has no slash at its end.
    #[must_use]
    pub fn new(transport: Transport, from: Mailbox, base_url: &str) -> Self {
        Self { transport, from, base_url: base_url.into(), line: None }
    }

    /// The same, where mails to an address come here: what we send can be answered then.
    #[must_use]
    pub fn taking_mails_at(self, line: Option<&str>) -> Self {
        Self { line: line.map(Into::into), ..self }
    }

    /// At which address mails are taken, if any are.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        self.line.as_deref()
    }

    /// A page's address as people reach it from elsewhere.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// Whether it can send at all; without a mail server, mails wait in the queue.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        !matches!(self.transport, Transport::None)
    }

    /// Whether the mail server answers, and lets us in where it asks who we are.
    ///
    /// # Errors
    /// What it said, or that it said nothing.
    pub async fn is_answered(&self) -> Result<(), SendError> {
        self.transport.is_answered().await
    }

    /// As whom it sends.
    #[must_use]
    pub fn sender(&self) -> String {
        self.from.to_string()
    }

    /// Whom others turn to about what we send: to push services a mail address is that, as a URI.
    #[must_use]
    pub fn contact(&self) -> String {
        format!("mailto:{}", self.from.email)
    }

    /// Sends a mail that says nothing but that mails arrive, and tells what the mail server said to it.
    ///
    /// # Errors
    /// As [`Mailer::send`].
    pub async fn try_out(
        &self,
        locale: Locale,
        to_address: &str,
        to_name: &str,
        message_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<String, SendError> {
        let site = self.link("");
        let (subject, body) = (t!(locale => "mails-try-subject"), t!(locale => "mails-try-body", link = site.as_str()));
        let message = message::plain((to_name, to_address), &self.from, (&subject, &body), message_id, now)?;
        self.transport.send(MailId(0), message.envelope(), &message.formatted()).await
    }

    /// The subject of a mail.
    #[must_use]
    pub fn subject(&self, locale: Locale, content: &MailContent, line_phone: &str, now: DateTime<Utc>) -> String {
        letter::letter(locale, content, &format::unbroken_phone(line_phone), now).subject
    }

    /// What a mail would say if it were read `now`.
    ///
    /// * `language` – the code of its reader's
    #[must_use]
    pub fn preview(
        &self,
        (to, language): (String, String),
        content: &MailContent,
        line_phone: &str,
        now: DateTime<Utc>,
    ) -> MailPreview {
        let locale = Locale::from_code(&language).unwrap_or_default();
        let letter = letter::letter(locale, content, &format::unbroken_phone(line_phone), now);
        MailPreview {
            to,
            // Nobody else is told of a visit in a technician's plan.
            is_customers: !matches!(content, MailContent::VisitPlanned { .. }),
            language,
            subject: letter.subject,
            paragraphs: [letter.headline].into_iter().chain(letter.paragraphs).collect(),
        }
    }

    /// Lays a mail out as it would be sent `now`.
    ///
    /// # Errors
    /// [`SendError::Refused`] when no message can be made of it, such as for an address that is none.
    pub fn lay_out(&self, mail: &Mail, now: DateTime<Utc>) -> Result<LaidOut, SendError> {
        let phone = format::unbroken_phone(&mail.line_phone);
        let letter = letter::letter(mail.locale, &mail.content, &phone, now);
        let further = letter::further(mail.locale, &mail.content);
        let called = (phone.as_str(), mail.reply_to.is_some());
        let text = letter.text(mail.locale, &further, &self.base_url, called);
        let pictures = codes::pictures(mail.locale, &mail.content, mail.message_id, now)?;
        let html = html::render((&letter, &further, &pictures), mail.locale, &self.base_url, called)?;
        let event = event::of_mail(mail, &self.from, &self.base_url, now);
        let (subject, event) = (&letter.subject, event.as_ref());
        let parts = message::Parts { subject, text: &text, html: &html, pictures: &pictures, event };
        let message = message::pack(mail, &self.from, &parts, now)?.formatted();
        Ok(LaidOut { subject: letter.subject, text, html, pictures, message })
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// [`SendError::Refused`] when trying again is useless, [`SendError::Trouble`] when it is not.
    pub async fn send(&self, mail: &Mail, now: DateTime<Utc>) -> Result<(), SendError> {
        let laid_out = self.lay_out(mail, now)?;
        let envelope = message::envelope(mail, &self.from)?;
        self.transport.send(mail.id, &envelope, &laid_out.message).await.map(drop)
    }
}
