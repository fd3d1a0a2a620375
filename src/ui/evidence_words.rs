//! Evidence in words (design, Evidence): what the workbench, the receipt's page and its PDF have in common.

use super::{
    format, receipt_words,
    texts::{Locale, t},
};
use crate::model::{
    base::text::unbroken_range,
    work::evidence::{Connection, Finding, Place, Span},
};

/// "st 25. 11., 8:02–8:41, 39 min, PC kancelář"
#[must_use]
pub fn connection(locale: Locale, connection: &Connection) -> String {
    let Connection { device, started_at, ended_at } = connection;
    let when = span(locale, &Span { from: *started_at, until: *ended_at });
    let day = format::date_short(locale, format::local_date(*started_at));
    let length = length(locale, connection.seconds());
    let facts = [day, when, length, device.clone()];
    facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "Spojení začalo 3 min před měřením (8:02–8:05)."
#[must_use]
pub fn finding(locale: Locale, finding: &Finding) -> String {
    match finding {
        Finding::Unclocked { place, span: stretch } => {
            let (length, span) = (length(locale, stretch.seconds()), span(locale, stretch));
            match place {
                Place::Before => t!(locale => "evidence-before", length = length, span = span),
                Place::Between => t!(locale => "evidence-between", length = length, span = span),
                Place::After => t!(locale => "evidence-after", length = length, span = span),
                Place::Unmeasured => t!(locale => "evidence-unmeasured", length = length, span = span),
            }
        }
        Finding::Unconnected { seconds } => {
            t!(locale => "evidence-unconnected", length = length(locale, *seconds))
        }
    }
}

/// What is told below the connections: each difference, or that there is none.
#[must_use]
pub fn findings(locale: Locale, findings: &[Finding]) -> Vec<String> {
    if findings.is_empty() {
        return vec![t!(locale => "evidence-agrees")];
    }
    findings.iter().map(|one| finding(locale, one)).collect()
}

/// "8:02–8:41", with seconds where they say anything.
#[must_use]
pub fn span(locale: Locale, span: &Span) -> String {
    let tells_seconds = [span.from, span.until].iter().any(|at| at.timestamp().rem_euclid(60) != 0);
    let time = if tells_seconds { format::second_of } else { format::time_of };
    unbroken_range(&format!("{}–{}", time(locale, span.from), time(locale, span.until)))
}

/// "39 min", or "0:39:12" where its seconds say anything.
fn length(locale: Locale, seconds: u64) -> String {
    receipt_words::duration(locale, seconds, !seconds.is_multiple_of(60))
}

#[cfg(test)]
mod tests {
    use Locale::{Cs, En};

    use super::*;
    use crate::model::fixtures::local;

    /// Said with ordinary spaces and signs, so that the expectations can be read.
    fn plain(said: &str) -> String {
        said.replace(['\u{a0}', '\u{202f}'], " ").replace('\u{2060}', "")
    }

    #[test]
    fn a_difference_says_how_much_and_when() {
        let stretch = |from, until| Span { from: local(from), until: local(until) };
        let told = |place, span| Finding::Unclocked { place, span };
        let before = told(Place::Before, stretch("2026-11-25 08:02", "2026-11-25 08:05"));
        assert_eq!(plain(&finding(Cs, &before)), "Spojení začalo 3 min před měřením (8:02–8:05).");
        assert_eq!(plain(&finding(En, &before)), "The connection began 3 min before the clock (8:02–8:05).");
        let after = told(Place::After, stretch("2026-11-25 08:41:10", "2026-11-25 08:43"));
        assert_eq!(plain(&finding(Cs, &after)), "Spojení trvalo ještě 0:01:50 po konci měření (8:41:10–8:43:00).");
        assert_eq!(plain(&finding(Cs, &Finding::Unconnected { seconds: 300 })), "Bez spojení se měřilo 5 min.");
        assert_eq!(findings(Cs, &[]), [t!(Cs => "evidence-agrees")]);
    }

    #[test]
    fn a_connection_says_when_how_long_and_to_what() {
        let one = Connection {
            device: "PC kuchyň".into(),
            started_at: local("2026-11-25 08:02"),
            ended_at: local("2026-11-25 08:41"),
        };
        assert_eq!(plain(&connection(Cs, &one)), "st 25. 11., 8:02–8:41, 39 min, PC kuchyň");
    }
}
