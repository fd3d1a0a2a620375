//! The receipt in words (design, Receipt): what its page, the PDF, the mail and the exports have in common.

use chrono::NaiveDate;

use super::{
    format,
    texts::{Locale, t},
};
use crate::model::{
    base::calendar::last_day,
    minutes::pools::PoolKind,
    work::{
        ceiling::Consent,
        contests::Contest,
        corrections::CorrectionSource,
        receipts::{Receipt, ReceiptDraw, ReceiptSegment, Remainder},
        segments::SegmentKind,
    },
};

/// The whole receipt in one sentence: "13 min práce + 7 min do minima 20 = 20 min: 12 ze smlouvy, 8 z balíčku do 30. 6."
#[must_use]
pub fn sentence(locale: Locale, receipt: &Receipt) -> String {
    let minutes = worked(locale, receipt);
    let pools = || draws(locale, receipt);
    let price = |remainder: &Remainder| price(locale, remainder);
    let sentence = match (receipt.draws.as_slice(), &receipt.remainder) {
        ([], None) => t!(locale => "receipt-nothing"),
        ([], Some(over)) => t!(locale => "receipt-paid", minutes = minutes, price = price(over)),
        ([draw], None) => {
            t!(locale => "receipt-paid-from-one", minutes = minutes, pool = draw_source(locale, receipt, draw))
        }
        (_, None) => t!(locale => "receipt-paid-from", minutes = minutes, pools = pools()),
        (_, Some(over)) => t!(
            locale => "receipt-paid-and-over",
            minutes = minutes,
            pools = pools(),
            over = format::minutes(locale, over.minutes),
            price = price(over),
        ),
    };
    // A sentence that ends with a Czech date ends with its full stop.
    if sentence.ends_with('.') { sentence } else { sentence + "." }
}

/// "13 min práce + 7 min do minima 20 = 20 min", or only "45 min práce".
fn worked(locale: Locale, receipt: &Receipt) -> String {
    let bill = &receipt.bill;
    let minutes = format::minutes(locale, bill.effective_minutes);
    if let Some(lifted) = &receipt.lifted {
        return t!(locale => "receipt-worked-lifted", minutes = minutes, outage = locale.of(&lifted.outage));
    }
    if bill.top_up() == 0 {
        return t!(locale => "receipt-worked", minutes = minutes);
    }
    t!(
        locale => "receipt-worked-minimum",
        minutes = minutes,
        top_up = format::minutes(locale, bill.top_up()),
        minimum = bill.minimum,
        billed = format::minutes(locale, bill.billed),
    )
}

/// "12 ze smlouvy, 8 z balíčku do 30. 6."
fn draws(locale: Locale, receipt: &Receipt) -> String {
    let draw = |draw: &ReceiptDraw| {
        t!(
            locale => "receipt-draw",
            minutes = format::grouped(locale, draw.minutes.into()),
            pool = draw_source(locale, receipt, draw),
        )
    };
    receipt.draws.iter().map(draw).collect::<Vec<_>>().join(", ")
}

/// "25 Kč za minutu bez DPH, celkem 907,50 Kč s DPH"
fn price(locale: Locale, remainder: &Remainder) -> String {
    t!(
        locale => "receipt-price",
        rate = format::money(locale, remainder.rate),
        price = format::money(locale, remainder.price_with_vat),
    )
}

/// Where a draw's minutes come from. The contract has no date, unless two of its periods paid.
fn draw_source(locale: Locale, receipt: &Receipt, draw: &ReceiptDraw) -> String {
    let alike = receipt.draws.iter().filter(|other| other.kind == draw.kind).count();
    let names_its_end = draw.kind != PoolKind::Contract || alike > 1;
    let expires = draw.expires_at.filter(|_| names_its_end).map(last_day);
    from_pool(locale, draw.kind, expires, Some(format::local_date(receipt.issued_at)))
}

/// "smlouva do 31. 12.", with the year where it is not `today`'s.
#[must_use]
pub fn pool(locale: Locale, kind: PoolKind, last_day: Option<NaiveDate>, today: Option<NaiveDate>) -> String {
    pool_until(locale, t!(locale => "pool", kind = kind.code()), last_day, today)
}

/// "ze smlouvy do 31. 12.", with the year where it is not `today`'s.
#[must_use]
pub fn from_pool(locale: Locale, kind: PoolKind, last_day: Option<NaiveDate>, today: Option<NaiveDate>) -> String {
    pool_until(locale, t!(locale => "pool-from", kind = kind.code()), last_day, today)
}

fn pool_until(locale: Locale, pool: String, last_day: Option<NaiveDate>, today: Option<NaiveDate>) -> String {
    match last_day {
        None => pool,
        Some(day) => t!(locale => "pool-until", pool = pool, date = format::date_numeric(locale, day, today)),
    }
}

/// "Příprava"
#[must_use]
pub fn segment_kind(locale: Locale, kind: SegmentKind) -> String {
    t!(locale => "segment-kind", kind = kind.code())
}

/// "8:00:00–8:04:10": to the second, so that a calculator gets the duration; "8:00–8:45" where `seconds` tell nothing.
#[must_use]
pub fn segment_span(locale: Locale, segment: &ReceiptSegment, seconds: bool) -> String {
    let time = if seconds { format::second_of } else { format::time_of };
    format!("{}–{}", time(locale, segment.started_at), time(locale, segment.ended_at))
}

/// When and above which ceiling a customer was asked whether to go on; and who answered what, where and when.
#[must_use]
pub fn consent(locale: Locale, consent: &Consent) -> (String, String) {
    let ceiling = format::minutes(locale, consent.ceiling_minutes);
    let asked = t!(locale => "receipt-consent", minutes = ceiling, at = format::moment(locale, consent.asked_at));
    let Some(answer) = &consent.answer else {
        return (asked, t!(locale => "receipt-consent-silence"));
    };
    let said = match (answer.agreed, answer.new_ceiling) {
        (true, Some(minutes)) => {
            t!(locale => "receipt-consent-up-to", minutes = format::minutes(locale, minutes))
        }
        (true, None) => t!(locale => "receipt-consent-no-limit"),
        (false, _) => t!(locale => "receipt-consent-refused"),
    };
    let by = format::person(locale, &answer.by);
    let by = by.as_str();
    let answered = match &answer.spoken {
        None => {
            let at = format::moment(locale, answer.at);
            t!(locale => "receipt-consent-portal", by = by, at = at, said = said)
        }
        Some(spoken) => {
            let at = format::moment(locale, spoken.at);
            t!(locale => "receipt-consent-phone", by = by, at = at, said = said, words = spoken.words.as_str())
        }
    };
    (asked, answered)
}

/// A report: as it was typed, or what the portal wrote where nobody typed one. Receipts of old hold its Czech words, with ordinary
/// spaces.
#[must_use]
pub fn note(locale: Locale, written: &str) -> String {
    let old = t!(Locale::Cs => "receipt-no-show").replace('\u{a0}', " ");
    let source = if written == old { Some(CorrectionSource::NoShow) } else { CorrectionSource::from_code(written) };
    source.and_then(|source| ours(locale, source)).unwrap_or_else(|| written.to_owned())
}

/// The reason of a correction: as it was typed, or what its source says. Where that is not known, the reason is its code.
///
/// * `source` – whose word it is; none of what was written down before it was asked
#[must_use]
pub fn correction_reason(locale: Locale, source: Option<CorrectionSource>, written: &str) -> String {
    match source {
        None => note(locale, written),
        Some(source) => ours(locale, source).unwrap_or_else(|| written.to_owned()),
    }
}

/// What stands for a reason that nobody typed; nothing for one that somebody did.
fn ours(locale: Locale, source: CorrectionSource) -> Option<String> {
    Some(match source {
        CorrectionSource::Typed => return None,
        CorrectionSource::Connection => t!(locale => "receipt-by-connection"),
        CorrectionSource::Forgotten => t!(locale => "receipt-forgotten"),
        CorrectionSource::BeganEarlier => t!(locale => "receipt-began-earlier"),
        CorrectionSource::NoShow => t!(locale => "receipt-no-show"),
        CorrectionSource::CalledOff => t!(locale => "receipt-called-off"),
        CorrectionSource::MissedByUs => t!(locale => "receipt-missed-by-us"),
    })
}

/// Whether a text is the answer to one of these objections: it stands with that one, and nowhere else once more.
fn is_answer(contests: &[Contest], text: &str) -> bool {
    contests.iter().any(|contest| !contest.answer.is_empty() && contest.answer == text)
}

/// Why a version of a receipt was issued; empty for one without a reason.
///
/// * `contests` – the objections that are told beside it
#[must_use]
pub fn reason(locale: Locale, receipt: &Receipt, contests: &[Contest]) -> String {
    if is_answer(contests, &receipt.reason) { t!(locale => "receipt-by-contest") } else { receipt.reason.clone() }
}

/// "Opraveno: …" or "Doplněno: …", and why.
///
/// * `contests` – the objections that are told beside it
#[must_use]
pub fn segment_correction(locale: Locale, segment: &ReceiptSegment, contests: &[Contest]) -> Option<String> {
    let correction = segment.correction.as_deref()?;
    let reason = if is_answer(contests, correction) {
        t!(locale => "segment-by-contest")
    } else {
        correction_reason(locale, segment.source, correction)
    };
    Some(if segment.added {
        t!(locale => "segment-added", reason = reason)
    } else {
        t!(locale => "segment-corrected", reason = reason)
    })
}

/// How long a segment took: "0:12:31", or "12 min" where `seconds` tell nothing.
#[must_use]
pub fn segment_duration(locale: Locale, segment: &ReceiptSegment, seconds: bool) -> String {
    duration(locale, segment.seconds(), seconds)
}

/// A length in hours, minutes and seconds, "1:05:00"; in minutes where `seconds` tell nothing.
#[must_use]
pub fn duration(locale: Locale, length: u64, seconds: bool) -> String {
    if seconds {
        format!("{}:{:02}:{:02}", length / 3_600, length / 60 % 60, length % 60)
    } else {
        format::minutes(locale, u32::try_from(length / 60).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use Locale::{Cs, En};
    use PoolKind::{Bundle, Contract, Correction};
    use SegmentKind::{Communication, OurFault, Preparation, Waiting, Work};

    use super::*;
    use crate::model::{
        base::ids::{ContestId, SegmentId},
        fixtures::receipt,
        work::contests::ContestState,
    };

    const THIRTEEN_MINUTES: [(SegmentKind, &str, &str); 2] =
        [(Preparation, "08:00:00", "08:04:10"), (Work, "08:04:10", "08:12:31")];
    const AN_HOUR: [(SegmentKind, &str, &str); 1] = [(Communication, "09:00:00", "10:00:00")];

    /// Said with ordinary spaces, so that the expectations can be read.
    fn said(locale: Locale, receipt: &Receipt) -> String {
        assert!(receipt.adds_up());
        sentence(locale, receipt).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn what_nobody_typed_is_said_in_the_readers_language() {
        for written in [CorrectionSource::NoShow.code(), "Zákazník nebyl k zastižení."] {
            assert_eq!(note(Cs, written), "Zákazník nebyl k\u{a0}zastižení.");
            assert_eq!(note(En, written), "The customer could not be reached.");
        }
        assert_eq!(note(En, "Tisk funguje."), "Tisk funguje.");
    }

    #[test]
    fn what_somebody_typed_is_quoted_whatever_it_is() {
        for source in CorrectionSource::ALL {
            let (said, code) = (correction_reason(En, Some(*source), source.code()), source.code());
            assert_eq!(said == code, *source == CorrectionSource::Typed, "{said}");
            assert_eq!(correction_reason(En, Some(CorrectionSource::Typed), code), code);
            assert_eq!(correction_reason(En, None, code), said, "what was written down before");
        }
    }

    #[test]
    fn a_segment_says_its_seconds_and_whether_it_was_corrected_or_added() {
        let segment = &mut receipt(&THIRTEEN_MINUTES, 20, &[]).segments[0];
        assert_eq!(segment_span(Cs, segment, true), "8:00:00–8:04:10");
        assert_eq!(segment_span(Cs, segment, false), "8:00–8:04");
        assert_eq!(segment_correction(Cs, segment, &[]), None);
        segment.correction = Some("Hodiny neběžely.".into());
        assert_eq!(segment_correction(Cs, segment, &[]).as_deref(), Some("Opraveno: Hodiny neběžely."));
        segment.added = true;
        assert_eq!(segment_correction(Cs, segment, &[]).as_deref(), Some("Doplněno: Hodiny neběžely."));
        assert_eq!(segment_correction(En, segment, &[]).as_deref(), Some("Added: Hodiny neběžely."));
    }

    #[test]
    fn an_answer_is_said_with_its_objection_and_not_once_more() {
        let mut receipt = receipt(&THIRTEEN_MINUTES, 20, &[(Contract, None, 20)]);
        let contest = |answer: &str| Contest {
            id: ContestId(1),
            segment: SegmentId(1),
            by: "Jana".into(),
            at: receipt.issued_at,
            reason: "Čekali jsme.".into(),
            state: ContestState::Accepted,
            accepted_minutes: None,
            decided_at: Some(receipt.issued_at),
            answer: answer.into(),
        };
        let contests = [contest("Máte pravdu."), contest("")];
        assert_eq!(reason(Cs, &receipt, &contests), "", "an objection without an answer has said nothing");
        receipt.reason = "Máte pravdu.".into();
        receipt.segments[0].correction = Some("Máte pravdu.".into());
        assert_eq!(reason(Cs, &receipt, &[]), "Máte pravdu.");
        assert_eq!(reason(Cs, &receipt, &contests), "Uznaná námitka");
        let said = |contests| segment_correction(Cs, &receipt.segments[0], contests);
        assert_eq!(said(&contests).as_deref(), Some("Opraveno: uznaná námitka"));
        assert_eq!(said(&[]).as_deref(), Some("Opraveno: Máte pravdu."));
    }

    #[test]
    fn the_minimum_and_two_pools() {
        let receipt =
            receipt(&THIRTEEN_MINUTES, 20, &[(Contract, Some("2026-12-31"), 12), (Bundle, Some("2026-11-30"), 8)]);
        assert_eq!(
            said(Cs, &receipt),
            "13 min práce + 7 min do minima 20 = 20 min: 12 ze smlouvy, 8 z balíčku do 30. 11."
        );
        assert_eq!(
            said(En, &receipt),
            "13 min of work + 7 min up to the minimum of 20 = 20 min: 12 from the contract, 8 from a bundle until 30 Nov."
        );
    }

    #[test]
    fn one_pool_pays_all() {
        let contract = receipt(&AN_HOUR, 20, &[(Contract, Some("2026-12-31"), 60)]);
        assert_eq!(said(Cs, &contract), "60 min práce, vše ze smlouvy.");
        assert_eq!(said(En, &contract), "60 min of work, all from the contract.");
        let bundle = receipt(&THIRTEEN_MINUTES, 20, &[(Bundle, Some("2027-06-30"), 20)]);
        assert_eq!(said(Cs, &bundle), "13 min práce + 7 min do minima 20 = 20 min, vše z balíčku do 30. 6. 2027.");
        let returned = receipt(&AN_HOUR, 20, &[(Correction, None, 60)]);
        assert_eq!(said(Cs, &returned), "60 min práce, vše z vrácených minut.");
    }

    #[test]
    fn two_periods_of_a_contract_are_told_apart() {
        let receipt = receipt(&AN_HOUR, 20, &[(Contract, Some("2026-11-30"), 15), (Contract, Some("2027-01-31"), 45)]);
        assert_eq!(said(Cs, &receipt), "60 min práce: 15 ze smlouvy do 30. 11., 45 ze smlouvy do 31. 1. 2027.");
    }

    #[test]
    fn what_is_beyond_the_pools_has_its_price() {
        let receipt = receipt(&AN_HOUR, 20, &[(Contract, None, 25), (Bundle, Some("2026-12-31"), 15)]);
        assert_eq!(
            said(Cs, &receipt),
            "60 min práce: 25 ze smlouvy, 15 z balíčku do 31. 12. a 20 min nad rámec, 25 Kč za minutu bez DPH, \
             celkem 605 Kč s DPH."
        );
        assert_eq!(
            said(En, &receipt),
            "60 min of work: 25 from the contract, 15 from a bundle until 31 Dec and 20 min beyond them, CZK 25 per minute \
             excl. VAT, CZK 605 incl. VAT in all."
        );
    }

    #[test]
    fn whoever_has_no_minutes_pays_for_them() {
        let receipt = receipt(&THIRTEEN_MINUTES, 30, &[]);
        assert_eq!(
            said(Cs, &receipt),
            "13 min práce + 17 min do minima 30 = 30 min, 25 Kč za minutu bez DPH, celkem 907,50 Kč s DPH."
        );
        assert_eq!(
            said(En, &receipt),
            "13 min of work + 17 min up to the minimum of 30 = 30 min, CZK 25 per minute excl. VAT, CZK 907.50 incl. \
             VAT in all."
        );
    }

    #[test]
    fn nothing_billable_costs_nothing() {
        let receipt = receipt(&[(Waiting, "08:00", "08:20"), (OurFault, "08:20", "08:50")], 20, &[]);
        assert_eq!(said(Cs, &receipt), "Nic se neúčtuje: čekání a opravy našich chyb jsou zdarma.");
        assert_eq!(said(En, &receipt), "Nothing is charged: waiting and correcting our own mistakes are free.");
    }

    #[test]
    fn pools_have_names_and_a_last_day() {
        let expires_at = receipt(&AN_HOUR, 20, &[(Bundle, Some("2027-06-30"), 60)]).draws[0].expires_at;
        let day = expires_at.map(last_day);
        let name =
            |locale, kind, day| pool(locale, kind, day, NaiveDate::from_ymd_opt(2026, 11, 25)).replace('\u{a0}', " ");
        assert_eq!(name(Cs, Bundle, day), "balíček do 30. 6. 2027");
        assert_eq!(name(Cs, Contract, NaiveDate::from_ymd_opt(2026, 12, 31)), "smlouva do 31. 12.");
        assert_eq!(name(Cs, Correction, None), "vrácené minuty");
        assert_eq!(name(En, Bundle, day), "bundle until 30 Jun 2027");
    }

    #[test]
    fn durations_count_seconds() {
        let receipt = receipt(&THIRTEEN_MINUTES, 20, &[(Contract, None, 20)]);
        let lengths = receipt.segments.iter().map(|segment| segment_duration(Cs, segment, true));
        assert_eq!(lengths.collect::<Vec<_>>(), ["0:04:10", "0:08:21"]);
        assert_eq!(duration(Cs, receipt.bill.effective_seconds, true), "0:12:31");
        assert_eq!(duration(Cs, 36_000, true), "10:00:00");
        assert_eq!(duration(Cs, 36_000, false), "600\u{a0}min");
    }

    #[test]
    fn every_kind_has_its_name() {
        let names = |locale| -> std::collections::BTreeSet<_> {
            SegmentKind::ALL.iter().map(|kind| segment_kind(locale, *kind)).collect()
        };
        assert_eq!(names(Cs).len(), SegmentKind::ALL.len());
        assert_eq!(names(En).len(), SegmentKind::ALL.len());
    }
}
