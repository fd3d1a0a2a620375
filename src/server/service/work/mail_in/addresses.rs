//! Addresses by which mails are answered, sealed with the key of the installation.

use crate::{
    model::{
        base::ids::MailId,
        problem::Problem,
        work::mail_in::{MailTag, SEAL_DIGITS, address_of, tags_among},
    },
    server::{
        app::App,
        auth::tokens::hmac_sha256,
        db::{installation, work::mail_in},
    },
};

/// To whom a mail of ours is answered, and where mail servers say that it was not delivered; nothing where no mails are taken.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn of_mail(app: &App, mail: MailId) -> Result<(Option<String>, Option<String>), Problem> {
    let Some(line) = app.mail.line() else { return Ok((None, None)) };
    let mut tx = app.db.system().await?;
    let key = installation::key(&mut tx).await?;
    let of = |tag: MailTag| address_of(line, tag, &seal(&key, tag));
    let reply =
        mail_in::answered_by(&mut tx, mail).await?.and_then(|(number, member)| of(MailTag::Reply { number, member }));
    Ok((reply, of(MailTag::Bounce(mail))))
}

/// What addresses of ours among some say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// What the first says that we have sealed.
    pub tag: Option<MailTag>,
    /// Whether one looks like ours and is not.
    pub is_forged: bool,
}

/// What addresses of ours among some say.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub(super) async fn said_by(app: &App, addresses: &[String]) -> Result<Said, Problem> {
    let Some(line) = app.mail.line() else { return Ok(Said::default()) };
    let key = installation::key(&mut app.db.system().await?).await?;
    let tags: Vec<_> = tags_among(line, addresses.iter().map(String::as_str)).collect();
    let sealed = |(tag, seen): &(MailTag, String)| is_same(&seal(&key, *tag), seen);
    let tag = tags.iter().find(|tagged| sealed(tagged)).map(|(tag, _)| *tag);
    Ok(Said { tag, is_forged: tag.is_none() && !tags.is_empty() })
}

fn seal(key: &[u8], tag: MailTag) -> String {
    let whole = hex::encode(hmac_sha256(key, format!("mail address {}", tag.spelled()).as_bytes()));
    whole.chars().take(SEAL_DIGITS).collect()
}

/// Compares without telling by its time how far two agree.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::{MailTag, is_same, seal};
    use crate::model::base::ids::{MailId, MemberId};

    #[test]
    fn a_seal_is_of_one_thing_and_of_one_key() {
        let number = "2026-000123".parse().expect("a number");
        let tag = |member| MailTag::Reply { number, member: MemberId(member) };
        let one = seal(b"key", tag(1));
        assert_eq!(one.len(), 24);
        assert!(is_same(&one, &seal(b"key", tag(1))));
        for other in
            [seal(b"key", tag(2)), seal(b"kez", tag(1)), seal(b"key", MailTag::Bounce(MailId(1))), String::new()]
        {
            assert!(!is_same(&one, &other), "{other}");
        }
    }
}
