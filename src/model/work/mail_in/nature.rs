//! What a mail is, by its headers: written by somebody, by a machine, by a mail server about a mail of ours, or going round.

use super::ReadMail;
use crate::model::base::text::without_accents;

/// Through how many mail servers a mail may have gone; more means that it goes round.
const MOST_HOPS: usize = 30;

/// With what the subjects of answers begin that nobody has written, in small letters and without accents.
const AUTOMATIC_SUBJECTS: &[&str] = &[
    "automaticka odpoved",
    "automaticke upozorneni",
    "automatickou odpoved",
    "automatic reply",
    "abwesenheitsnotiz",
    "autoreply",
    "mimo kancelar",
    "nepritomnost v kancelari",
    "nepritomen",
    "nepritomna",
    "jsem mimo kancelar",
    "out of office",
    "out of the office",
];

/// Headers that only machines write, whatever they say.
const OF_MACHINES: &[&str] = &["x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply"];

/// Who sends what mail servers say, before the `@`.
const MAIL_SERVERS: &[&str] = &["mailer-daemon", "postmaster"];

/// What a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A mail server has given up on a mail of ours.
    Bounce,
    /// A machine has written it (RFC 3834).
    Automatic,
    /// It came over a list, on which both people and machines write: it is somebody's who is known.
    Listed,
    /// It goes round.
    Loop,
    /// Somebody has written it.
    Written,
}

/// What a mail is.
#[must_use]
pub fn nature(mail: &ReadMail) -> Nature {
    if mail.headers.iter().filter(|(name, _)| name == "received").count() > MOST_HOPS {
        return Nature::Loop;
    }
    match &mail.report {
        Some(report) if report.is_final => return Nature::Bounce,
        // It tries on, or somebody has opened a mail.
        Some(_) => return Nature::Automatic,
        None => {}
    }
    let is_from_nobody = mail.header("return-path").is_some_and(|path| path.trim_matches(['<', '>', ' ']).is_empty());
    let sender = mail.from_address.split('@').next().unwrap_or_default();
    if is_from_nobody && MAIL_SERVERS.contains(&sender) {
        return Nature::Bounce;
    }
    if is_from_nobody || is_automatic(mail) {
        Nature::Automatic
    } else if mail.header("list-id").is_some() || word(mail, "precedence") == "list" {
        Nature::Listed
    } else {
        Nature::Written
    }
}

/// The first word of a header, in small letters.
fn word(mail: &ReadMail, name: &str) -> String {
    let value = mail.header(name).unwrap_or_default().to_ascii_lowercase();
    value.split([';', ' ', '(']).next().unwrap_or_default().to_owned()
}

fn is_automatic(mail: &ReadMail) -> bool {
    let submitted = word(mail, "auto-submitted");
    if !submitted.is_empty() && submitted != "no" {
        return true;
    }
    matches!(word(mail, "precedence").as_str(), "bulk" | "junk" | "auto_reply")
        || OF_MACHINES.iter().any(|name| mail.header(name).is_some())
        || has_automatic_subject(&mail.subject)
}

/// Whether a subject begins as those of automatic answers do, and goes on as they do: not "Mimo kancelář nám nejde tisk".
fn has_automatic_subject(subject: &str) -> bool {
    let subject = without_accents(subject.trim()).to_lowercase();
    AUTOMATIC_SUBJECTS.iter().any(|beginning| {
        subject
            .strip_prefix(beginning)
            .is_some_and(|rest| rest.trim_start().chars().next().is_none_or(|next| ":-–—([.,!".contains(next)))
    })
}

#[cfg(test)]
mod tests {
    use super::{Nature, ReadMail, nature};
    use crate::model::work::mail_in::DeliveryReport;

    fn mail(headers: &[(&str, &str)], subject: &str) -> ReadMail {
        ReadMail {
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            from_address: "jana@skola.example".to_owned(),
            subject: subject.to_owned(),
            ..ReadMail::default()
        }
    }

    #[test]
    fn what_a_machine_writes_is_told_by_its_headers_and_by_its_subject() {
        for (headers, subject) in [
            (&[("auto-submitted", "auto-replied")][..], "Re: Termín"),
            (&[("auto-submitted", "Auto-Generated; owner=\"x\"")], ""),
            (&[("precedence", "bulk")], "Novinky"),
            (&[("precedence", "Auto_Reply")], ""),
            (&[("x-autoreply", "yes")], ""),
            (&[("return-path", "<>")], "Přečteno: Termín"),
            (&[], "Automatická odpověď: Domluvený termín"),
            (&[], "Mimo kancelář"),
            (&[], "MIMO KANCELÁŘ - Jana Nováková"),
            (&[], "Out of Office: Re: Termín"),
            (&[], "Automatic reply"),
        ] {
            assert_eq!(nature(&mail(headers, subject)), Nature::Automatic, "{headers:?} {subject}");
        }
    }

    #[test]
    fn what_somebody_writes_is_not_taken_for_a_machines() {
        for (headers, subject) in [
            (&[("auto-submitted", "no")][..], "Nejde tisk"),
            (&[("auto-submitted", "No (ani trochu)")], "Nejde tisk"),
            (&[("precedence", "first-class")], "Nejde tisk"),
            (&[("return-path", "<jana@skola.example>")], "Nejde tisk"),
            (&[], "Mimo kancelář nám nejde terminál"),
            (&[], "Automatická odpověď nefunguje"),
            (&[], "Autonomní provoz"),
            (&[], "Re: Domluvený termín"),
            (&[], ""),
        ] {
            assert_eq!(nature(&mail(headers, subject)), Nature::Written, "{headers:?} {subject}");
        }
    }

    #[test]
    fn what_comes_over_a_list_may_be_somebodys() {
        for headers in [&[("list-id", "<ucitele.example>")][..], &[("precedence", "list")]] {
            assert_eq!(nature(&mail(headers, "Nejde tisk")), Nature::Listed, "{headers:?}");
        }
        let bulk = [("list-id", "<novinky.example>"), ("precedence", "bulk")];
        assert_eq!(nature(&mail(&bulk, "Sleva")), Nature::Automatic);
    }

    #[test]
    fn what_goes_through_too_many_servers_goes_round() {
        let hops = |count| mail(&vec![("received", "from a by b"); count], "Nejde tisk");
        assert_eq!((nature(&hops(30)), nature(&hops(31))), (Nature::Written, Nature::Loop));
    }

    #[test]
    fn a_mail_server_that_has_given_up_is_told_from_one_that_tries_on() {
        let report = |is_final| ReadMail {
            report: Some(DeliveryReport { is_final, ..DeliveryReport::default() }),
            ..mail(&[("return-path", "<>"), ("auto-submitted", "auto-replied")], "Undelivered Mail")
        };
        assert_eq!((nature(&report(true)), nature(&report(false))), (Nature::Bounce, Nature::Automatic));
        let of_old =
            |from: &str| ReadMail { from_address: from.to_owned(), ..mail(&[("return-path", "<>")], "failure notice") };
        assert_eq!(nature(&of_old("mailer-daemon@skola.example")), Nature::Bounce);
        assert_eq!(nature(&of_old("jana@skola.example")), Nature::Automatic);
    }
}
