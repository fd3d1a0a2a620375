//! Words about pools, months and money that the pages of usage share.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::{
    model::{
        base::{calendar::last_day, ids::GrantId},
        minutes::{
            ledger::StatementEntry,
            pages::UsageFilter,
            pools::{Pool, PoolKind},
        },
        paths,
    },
    ui::{
        format,
        pages::words::capitalized,
        receipt_words,
        texts::{Locale, t},
    },
};

/// What pools are called where they stand beside one another: "Smlouva", or "Smlouva od 1. 10." and "Smlouva od 1. 1. 2027".
pub fn pool_names(pools: &[&Pool], today: NaiveDate) -> Vec<String> {
    let name = |pool: &&Pool| {
        let name = capitalized(&receipt_words::pool(Locale::current(), pool.kind, None, None));
        let since = format::date_numeric(Locale::current(), format::local_date(pool.effective_at), Some(today));
        let exact = t!("pool-since", pool = name.as_str(), date = since);
        (name, exact)
    };
    told_apart(&pools.iter().map(name).collect::<Vec<_>>())
}

/// Where the minutes of entries come from, by the grant: "ze smlouvy do 31. 12. 2026". Two of them that end on one day say from when
/// they are, too.
pub fn grant_names(entries: &[StatementEntry]) -> BTreeMap<GrantId, String> {
    let locale = Locale::current();
    let mut grants: BTreeMap<GrantId, (String, String)> = BTreeMap::new();
    for entry in entries {
        let Some((grant, kind)) = entry.grant.zip(entry.pool) else { continue };
        let name = receipt_words::from_pool(locale, kind, entry.expires_at.map(last_day), None);
        let since = entry.effective_at.map(|at| format::date_numeric(locale, format::local_date(at), None));
        let exact = since.map_or_else(|| name.clone(), |since| t!("pool-since", pool = name.as_str(), date = since));
        grants.insert(grant, (name, exact));
    }
    let names = told_apart(&grants.values().cloned().collect::<Vec<_>>());
    grants.into_keys().zip(names).collect()
}

/// Of each thing its short name, where nothing else is called so, else its exact one; what is alike even then is numbered.
fn told_apart(names: &[(String, String)]) -> Vec<String> {
    let is_alone = |name: &String| names.iter().filter(|(short, _)| short == name).count() == 1;
    let chosen: Vec<&String> = names.iter().map(|(short, exact)| if is_alone(short) { short } else { exact }).collect();
    let numbered = |(place, name): (usize, &&String)| {
        let alike = |names: &[&String]| names.iter().filter(|other| *other == name).count();
        match alike(&chosen) {
            1 => (*name).clone(),
            _ => format!("{name} ({})", alike(&chosen[..=place])),
        }
    };
    chosen.iter().enumerate().map(numbered).collect()
}

/// "ze smlouvy", after a number of minutes.
pub fn from_pool(kind: PoolKind) -> String {
    receipt_words::from_pool(Locale::current(), kind, None, None)
}

/// "12. prosince", with the year where it is not today's.
pub fn day_in_words(locale: Locale, date: NaiveDate, today: NaiveDate) -> String {
    let month = t!(locale => "month", month = date.month());
    if date.year() == today.year() {
        t!(locale => "usage-day", day = date.day(), month = month)
    } else {
        t!(locale => "usage-day-year", day = date.day(), month = month, year = date.year().to_string())
    }
}

/// "listopad 2026"
pub fn month_in_words(month: NaiveDate) -> String {
    t!("usage-month", month = month.month(), year = month.year().to_string())
}

/// "lis"
pub fn month_short(month: NaiveDate) -> String {
    t!("usage-month-short", month = month.month())
}

/// The address of the interventions of a filter.
pub fn list_path(filter: &UsageFilter, before: Option<i64>) -> String {
    let parts = [
        filter.month.map(|month| format!("month={}", month.format("%Y-%m"))),
        filter.program.map(|program| format!("program={program}")),
        filter.work_type.map(|work_type| format!("work_type={work_type}")),
        filter.member.map(|member| format!("member={member}")),
        before.map(|before| format!("before={before}")),
    ];
    let query: Vec<String> = parts.into_iter().flatten().collect();
    if query.is_empty() {
        paths::USAGE_INTERVENTIONS.to_owned()
    } else {
        format!("{}?{}", paths::USAGE_INTERVENTIONS, query.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{base::ids::ProgramId, fixtures::local};

    #[test]
    fn two_pools_are_never_called_the_same() {
        let of = |kind, since: &str| Pool {
            grant: GrantId(1),
            kind,
            granted: 300,
            left: 100,
            reserved: 0,
            effective_at: local(since),
            expires_at: None,
        };
        let named = |pools: &[Pool]| {
            let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
            let names = pool_names(&pools.iter().collect::<Vec<_>>(), today);
            names.into_iter().map(|name| name.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        let (quarter, next) = (of(PoolKind::Contract, "2026-10-01 00:00"), of(PoolKind::Contract, "2027-01-01 00:00"));
        let bundle = of(PoolKind::Bundle, "2026-04-05 10:00");
        assert_eq!(named(&[quarter, bundle]), ["Smlouva", "Balíček"]);
        assert_eq!(named(&[quarter, bundle, next]), ["Smlouva od 1. 10.", "Balíček", "Smlouva od 1. 1. 2027"]);
        assert_eq!(named(&[bundle, bundle]), ["Balíček od 5. 4. (1)", "Balíček od 5. 4. (2)"]);
    }

    #[test]
    fn a_filter_stands_in_the_address() {
        let month = NaiveDate::from_ymd_opt(2026, 11, 1);
        let filter = UsageFilter { month, program: Some(ProgramId(3)), ..UsageFilter::default() };
        assert_eq!(list_path(&filter, Some(40)), "/usage/interventions?month=2026-11&program=3&before=40");
        assert_eq!(list_path(&UsageFilter::default(), None), "/usage/interventions");
    }

    #[test]
    fn days_are_spelled_out() {
        let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let said = |day| day_in_words(Locale::Cs, day, date(2026, 11, 23)).replace('\u{a0}', " ");
        assert_eq!(said(date(2026, 12, 12)), "12. prosince");
        assert_eq!(said(date(2027, 1, 4)), "4. ledna 2027");
    }
}
