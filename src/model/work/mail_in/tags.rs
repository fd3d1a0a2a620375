//! Addresses that say what an answer belongs to: `linka+r.2026-000123.17.1f0c…@example.com`. What stands between is readable,
//! and sealed so that nobody else makes one.

use crate::model::base::{
    ids::{MailId, MemberId},
    numbers::RequestNumber,
};

/// How many hexadecimal digits a seal has: as many as fit, with the rest, into the 64 characters before an `@`.
pub const SEAL_DIGITS: usize = 24;

/// What an address of ours says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTag {
    /// An answer about a request, by a person to whom a mail about it went.
    Reply {
        /// The request.
        number: RequestNumber,
        /// To whom the mail went.
        member: MemberId,
    },
    /// What a mail server says of a mail.
    Bounce(MailId),
}

impl MailTag {
    /// As it stands in an address, without its seal. It is what is sealed, too.
    #[must_use]
    pub fn spelled(self) -> String {
        match self {
            Self::Reply { number, member } => format!("r.{number}.{member}"),
            Self::Bounce(mail) => format!("b.{mail}"),
        }
    }

    fn parse(spelled: &str) -> Option<Self> {
        let parts: Vec<&str> = spelled.split('.').collect();
        let tag = match parts.as_slice() {
            ["r", number, member] => Self::Reply { number: number.parse().ok()?, member: member.parse().ok()? },
            ["b", mail] => Self::Bounce(mail.parse().ok()?),
            _ => return None,
        };
        // Each has one spelling only.
        (tag.spelled() == spelled).then_some(tag)
    }
}

/// The address that says it.
///
/// * `line` – the line's own
/// * `seal` – [`SEAL_DIGITS`] digits
#[must_use]
pub fn address_of(line: &str, tag: MailTag, seal: &str) -> Option<String> {
    let (name, host) = line.rsplit_once('@')?;
    Some(format!("{name}+{}.{seal}@{host}", tag.spelled()))
}

/// What addresses of the line among these say, each with its seal. Mail servers may have changed the size of letters.
pub fn tags_among<'a>(
    line: &'a str,
    addresses: impl IntoIterator<Item = &'a str> + 'a,
) -> impl Iterator<Item = (MailTag, String)> + 'a {
    addresses.into_iter().filter_map(move |address| tag_of(line, address))
}

fn tag_of(line: &str, address: &str) -> Option<(MailTag, String)> {
    let (line, address) = (line.to_lowercase(), address.trim().to_lowercase());
    let (name, host) = line.rsplit_once('@')?;
    let (local, at) = address.rsplit_once('@')?;
    let tagged = local.strip_prefix(name)?.strip_prefix('+').filter(|_| at == host)?;
    let (spelled, seal) = tagged.rsplit_once('.')?;
    let is_seal = seal.len() == SEAL_DIGITS && seal.bytes().all(|byte| byte.is_ascii_hexdigit());
    MailTag::parse(spelled).filter(|_| is_seal).map(|tag| (tag, seal.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{MailId, MailTag, MemberId, address_of, tags_among};

    const LINE: &str = "Linka@vendor.example";
    const SEAL: &str = "0123456789abcdef01234567";

    #[test]
    fn an_address_says_what_it_belongs_to_and_is_read_again() {
        let reply = MailTag::Reply { number: "2026-000123".parse().unwrap(), member: MemberId(17) };
        for (tag, address) in [
            (reply, format!("Linka+r.2026-000123.17.{SEAL}@vendor.example")),
            (MailTag::Bounce(MailId(9)), format!("Linka+b.9.{SEAL}@vendor.example")),
        ] {
            assert_eq!(address_of(LINE, tag, SEAL).as_deref(), Some(address.as_str()));
            assert!(address.split('@').next().unwrap().len() <= 64);
            let sent = [address.to_uppercase(), "jana@skola.example".to_owned()];
            let read: Vec<_> = tags_among(LINE, sent.iter().map(String::as_str)).collect();
            assert_eq!(read, [(tag, SEAL.to_owned())]);
        }
        assert_eq!(address_of("nobody", reply, SEAL), None);
    }

    #[test]
    fn what_is_no_address_of_ours_says_nothing() {
        for address in [
            "linka@vendor.example".to_owned(),
            format!("linka+r.2026-000123.17.{SEAL}@elsewhere.example"),
            format!("r.2026-000123.17.{SEAL}@vendor.example"),
            format!("linka+r.2026-000123.017.{SEAL}@vendor.example"),
            format!("linka+r.2026-000123.+17.{SEAL}@vendor.example"),
            format!("linka+r.2026-123.17.{SEAL}@vendor.example"),
            format!("linka+x.17.{SEAL}@vendor.example"),
            "linka+r.2026-000123.17.short@vendor.example".to_owned(),
            "linka+r.2026-000123.17@vendor.example".to_owned(),
            String::new(),
            "@".to_owned(),
        ] {
            assert_eq!(tags_among(LINE, [address.as_str()]).next(), None, "{address}");
        }
    }
}
