//! A notice on top of all pages: what the vendor knows of, and visitors should (design, Notice).

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    calendar::{from_local, to_local},
    fields::{FieldCode, FieldProblem, keep_line},
    seen::Fields,
};

/// The most characters of a notice in one language.
pub const NOTICE_MAX: usize = 300;

/// A notice, and when it stands on the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteNotice {
    /// In Czech.
    pub text_cs: String,
    /// In English.
    pub text_en: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub ends_at: DateTime<Utc>,
}

impl SiteNotice {
    /// Whether it stands on the pages at an instant.
    #[must_use]
    pub fn stands_at(&self, at: DateTime<Utc>) -> bool {
        self.starts_at <= at && at < self.ends_at
    }
}

/// A notice as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoticeForm {
    /// In Czech.
    pub text_cs: String,
    /// In English.
    pub text_en: String,
    /// From when, local, as a browser's field sends it; when it is empty, from now, and of a notice that stands since it does.
    pub starts_at: String,
    /// Until when, likewise.
    pub ends_at: String,
}

impl NoticeForm {
    /// The notice as it is kept, or every field that is not right. In the place of a notice that stands already, "from now" is since
    /// that one does: a form that comes a second time, a minute later, says the same as the first time.
    ///
    /// * `there_is` – the notice in whose place it is put
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, there_is: Option<&SiteNotice>, now: DateTime<Utc>) -> Result<SiteNotice, Vec<FieldProblem>> {
        let text_cs = keep_line(&self.text_cs, 1..=NOTICE_MAX);
        let text_en = keep_line(&self.text_en, 1..=NOTICE_MAX);
        let starts_at = match self.starts_at.trim() {
            "" => Ok(there_is.filter(|notice| notice.stands_at(now)).map_or(now, |notice| notice.starts_at)),
            typed => local(typed),
        };
        let after = starts_at.unwrap_or(now).max(now);
        let ends_at = local(self.ends_at.trim())
            .and_then(|ends_at| if ends_at > after { Ok(ends_at) } else { Err(FieldCode::OutOfRange) });
        match (text_cs, text_en, starts_at, ends_at) {
            (Ok(text_cs), Ok(text_en), Ok(starts_at), Ok(ends_at)) => {
                Ok(SiteNotice { text_cs, text_en, starts_at, ends_at })
            }
            (text_cs, text_en, starts_at, ends_at) => Err([
                ("text_cs", text_cs.err()),
                ("text_en", text_en.err()),
                ("starts_at", starts_at.err()),
                ("ends_at", ends_at.err()),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }
}

impl NoticeForm {
    /// What the form shows of the notice that there is: nothing of one that is over.
    #[must_use]
    pub fn of(notice: Option<&SiteNotice>, now: DateTime<Utc>) -> Self {
        notice.filter(|notice| notice.ends_at > now).map(Self::from).unwrap_or_default()
    }

    /// Its fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("text_cs", &self.text_cs)
            .with("text_en", &self.text_en)
            .with("starts_at", &self.starts_at)
            .with("ends_at", &self.ends_at)
    }
}

impl From<&SiteNotice> for NoticeForm {
    fn from(notice: &SiteNotice) -> Self {
        let field = |at| to_local(at).format(FIELD).to_string();
        Self {
            text_cs: notice.text_cs.clone(),
            text_en: notice.text_en.clone(),
            starts_at: field(notice.starts_at),
            ends_at: field(notice.ends_at),
        }
    }
}

/// How a browser's field sends a local time.
const FIELD: &str = "%Y-%m-%dT%H:%M";

fn local(typed: &str) -> Result<DateTime<Utc>, FieldCode> {
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    NaiveDateTime::parse_from_str(typed, FIELD)
        .map(|wall| from_local(wall.date(), wall.time()))
        .map_err(|_| FieldCode::Unknown)
}

/// What `/settings/notice` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePage {
    /// The notice, be it over, standing or to come.
    pub notice: Option<SiteNotice>,
    /// What time it is.
    pub now: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local as at;

    fn typed(starts_at: &str, ends_at: &str) -> NoticeForm {
        NoticeForm {
            text_cs: " Výpadek programu Stravné, víme o tom. ".into(),
            text_en: "Stravné is down, we know.".into(),
            starts_at: starts_at.into(),
            ends_at: ends_at.into(),
        }
    }

    #[test]
    fn a_notice_stands_from_its_start_to_its_end() {
        let now = at("2026-11-23 08:00");
        let notice = typed("", "2026-11-23T12:00").check(None, now).unwrap();
        assert_eq!(notice.text_cs, "Výpadek programu Stravné, víme o tom.");
        assert!(notice.stands_at(now) && notice.stands_at(at("2026-11-23 11:59")));
        assert!(!notice.stands_at(at("2026-11-23 12:00")) && !notice.stands_at(at("2026-11-23 07:59")));
        assert_eq!(NoticeForm::from(&notice).check(None, now), Ok(notice), "what is kept passes again");
    }

    #[test]
    fn a_notice_from_now_that_comes_again_stands_since_the_first_time() {
        let form = typed("", "2026-11-23T12:00");
        let first = form.check(None, at("2026-11-23 08:00")).unwrap();
        let later = at("2026-11-23 08:01");
        assert_eq!(form.check(Some(&first), later), Ok(first.clone()));
        let to_come = SiteNotice { starts_at: at("2026-11-23 09:00"), ..first };
        assert_eq!(
            form.check(Some(&to_come), later).unwrap().starts_at,
            later,
            "what is still to come is brought forward"
        );
    }

    #[test]
    fn every_field_of_a_notice_that_is_not_right_is_told() {
        let wrong = |form: NoticeForm| {
            let fields = form.check(None, at("2026-11-23 08:00")).unwrap_err();
            fields.into_iter().map(|field| (field.field, field.code)).collect::<Vec<_>>()
        };
        use FieldCode::{Missing, OutOfRange, Unknown};
        let one = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(wrong(typed("", "2026-11-23T08:00")), one("ends_at", OutOfRange), "it would never stand");
        assert_eq!(wrong(typed("2026-11-24T08:00", "2026-11-24T07:00")), one("ends_at", OutOfRange));
        assert_eq!(wrong(typed("zítra", "2026-11-24T07:00")), one("starts_at", Unknown));
        let fields: Vec<_> = wrong(NoticeForm::default());
        assert_eq!(fields, [("text_cs".into(), Missing), ("text_en".into(), Missing), ("ends_at".into(), Missing)]);
    }
}
