//! What the vendor shows of its line on its own web sites (design, Embedding): whether somebody answers, and which times are free.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::{BusinessCalendar, to_local},
        fields::{FieldCode, FieldProblem, keep_lines},
        seen::Fields,
    },
    line::settings::Region,
};

/// The most characters of all sites together.
pub const ORIGINS_MAX: usize = 2_000;
/// The most sites.
pub const ORIGINS_MOST: usize = 20;
/// How long a process believes what it last read.
pub const EMBED_BELIEVED: TimeDelta = TimeDelta::seconds(60);
/// How many days with free times are shown.
pub const EMBED_DAYS: usize = 5;
/// How many times of a day are shown.
pub const EMBED_TIMES: usize = 6;

/// What is set, as it is typed and kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EmbedForm {
    /// Whether anything is shown at all.
    pub is_on: bool,
    /// The sites that may frame the page of free times, one a line: `https://www.example.com`.
    pub origins: String,
}

impl EmbedForm {
    /// The fields of the form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default().ticked("is_on", self.is_on).with("origins", &self.origins)
    }

    /// As it is kept, or what is wrong with it.
    ///
    /// # Errors
    /// What is wrong with the sites.
    pub fn check(&self) -> Result<Self, FieldProblem> {
        let wrong = |code| FieldProblem::new("origins", code);
        let kept = keep_lines(&self.origins, 0..=ORIGINS_MAX).map_err(wrong)?;
        let origins: Vec<_> =
            kept.lines().map(|line| line.trim().to_lowercase()).filter(|line| !line.is_empty()).collect();
        if origins.len() > ORIGINS_MOST {
            return Err(wrong(FieldCode::TooMany));
        }
        if !origins.iter().all(|origin| is_origin(origin.trim_end_matches('/'))) {
            return Err(wrong(FieldCode::NotASite));
        }
        let origins: Vec<_> = origins.iter().map(|origin| origin.trim_end_matches('/')).collect();
        Ok(Self { is_on: self.is_on, origins: origins.join("\n") })
    }
}

/// Whether a text is the origin of a web site (RFC 6454): scheme, host, and a port where it has one of its own.
fn is_origin(text: &str) -> bool {
    let Some(authority) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let is_label = |label: &str| {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_plain)
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    host.split('.').all(is_label) && port.is_none_or(is_port)
}

/// What `/settings/embed` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedPage {
    /// What is set.
    pub form: EmbedForm,
    /// Where the portal is reached, without a slash at its end.
    pub site: String,
}

/// What is told on other sites, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedLine {
    /// When somebody answers.
    pub calendar: BusinessCalendar,
    /// The numbers to call.
    pub regions: Vec<Region>,
    /// What outages are called that are not over.
    pub outages: Vec<Bilingual>,
    /// Of which work the times are; none where no customer picks a time.
    pub work_type: Option<Bilingual>,
    /// Free starts for what is urgent, in order.
    pub urgent: Vec<DateTime<Utc>>,
    /// Free starts for what is not, in order.
    pub normal: Vec<DateTime<Utc>>,
    /// The sites that may frame it.
    pub origins: Vec<String>,
}

impl EmbedLine {
    /// The first time for something urgent.
    #[must_use]
    pub fn first_urgent(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.urgent.iter().copied().find(|start| *start > now)
    }

    /// The first days with free times, and the first of those; how many there are beside them.
    #[must_use]
    pub fn days(&self, now: DateTime<Utc>) -> Vec<EmbedDay> {
        let mut days: BTreeMap<NaiveDate, Vec<DateTime<Utc>>> = BTreeMap::new();
        for start in self.normal.iter().filter(|start| **start > now) {
            days.entry(to_local(*start).date()).or_default().push(*start);
        }
        let shown = days.into_iter().take(EMBED_DAYS);
        shown
            .map(|(date, mut starts)| {
                let more = starts.len().saturating_sub(EMBED_TIMES);
                starts.truncate(EMBED_TIMES);
                EmbedDay { date, starts, more }
            })
            .collect()
    }
}

/// A day with free times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedDay {
    /// Which day it is.
    pub date: NaiveDate,
    /// The first of them.
    pub starts: Vec<DateTime<Utc>>,
    /// How many there are beside them.
    pub more: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::settings;

    fn typed(origins: &str) -> Result<String, FieldCode> {
        let form = EmbedForm { is_on: true, origins: origins.into() };
        form.check().map(|kept| kept.origins).map_err(|problem| problem.code)
    }

    #[test]
    fn sites_are_kept_as_browsers_name_them() {
        let kept = "https://www.example.com\nhttp://localhost:8080";
        assert_eq!(typed(" https://WWW.example.com/ \r\n\r\nhttp://localhost:8080\r\n").as_deref(), Ok(kept));
        assert_eq!(typed(kept).as_deref(), Ok(kept), "what is kept passes again");
        assert_eq!(typed("").as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_site_is_refused() {
        for wrong in [
            "www.example.com",
            "https://",
            "https://example.com/page",
            "https://*.example.com",
            "https://example.com:0x1",
            "https://example.com:99999",
            "https://a; script-src *",
            "https://školka.cz",
            "javascript:alert(1)",
            "https://a.cz https://b.cz",
        ] {
            assert_eq!(typed(wrong), Err(FieldCode::NotASite), "{wrong}");
        }
        let many = (0..=ORIGINS_MOST).map(|number| format!("https://s{number}.cz\n")).collect::<String>();
        assert_eq!(typed(&many), Err(FieldCode::TooMany));
    }

    #[test]
    fn what_has_passed_since_it_was_read_is_not_shown() {
        let eight = DateTime::parse_from_rfc3339("2026-11-23T08:00:00+01:00").unwrap().to_utc();
        let minutes = |minutes| eight + TimeDelta::minutes(minutes);
        let line = EmbedLine {
            calendar: settings().calendar([]),
            regions: Vec::new(),
            outages: Vec::new(),
            work_type: None,
            urgent: vec![minutes(0), minutes(15)],
            normal: (0..30).map(|number| minutes(number * 15)).chain([minutes(24 * 60)]).collect(),
            origins: Vec::new(),
        };
        assert_eq!(line.first_urgent(minutes(0)), Some(minutes(15)));
        assert_eq!(line.first_urgent(minutes(15)), None);
        let days = line.days(minutes(0));
        assert_eq!(days.iter().map(|day| (day.starts.len(), day.more)).collect::<Vec<_>>(), [(6, 23), (1, 0)]);
        assert_eq!(days[0].starts[0], minutes(15));
    }
}
