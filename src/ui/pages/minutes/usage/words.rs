//! Words about pools, months and money that the pages of usage share.

use chrono::{Datelike, NaiveDate};

use crate::{
    model::{
        base::calendar::last_day,
        minutes::{
            pages::UsageFilter,
            pools::{Pool, PoolKind},
        },
        paths,
    },
    ui::{
        pages::words::capitalized,
        receipt_words,
        texts::{Locale, t},
    },
};

/// "Smlouva", or "Smlouva do 31. 12." where another of `pools` is called so, too.
pub fn pool_name(pool: &Pool, pools: &[Pool], today: NaiveDate) -> String {
    let is_alone = pools.iter().filter(|other| other.kind == pool.kind).count() < 2;
    let last_day = pool.expires_at.filter(|_| !is_alone).map(last_day);
    capitalized(&receipt_words::pool(Locale::current(), pool.kind, last_day, Some(today)))
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
    use crate::model::base::{
        calendar::midnight,
        ids::{GrantId, ProgramId},
    };

    #[test]
    fn a_filter_stands_in_the_address() {
        let month = NaiveDate::from_ymd_opt(2026, 11, 1);
        let filter = UsageFilter { month, program: Some(ProgramId(3)), ..UsageFilter::default() };
        assert_eq!(list_path(&filter, Some(40)), "/usage/interventions?month=2026-11&program=3&before=40");
        assert_eq!(list_path(&UsageFilter::default(), None), "/usage/interventions");
    }

    #[test]
    fn two_pools_of_a_kind_are_told_apart() {
        let date = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
        let pool = |id, last: NaiveDate| Pool {
            grant: GrantId(id),
            kind: PoolKind::Contract,
            granted: 300,
            left: 20,
            reserved: 0,
            effective_at: midnight(date(1, 1)),
            expires_at: last.succ_opt().map(midnight),
        };
        let pools = [pool(1, date(9, 30)), pool(2, date(12, 31))];
        let named = |pools: &[Pool]| -> Vec<String> {
            let name = |pool: &Pool| pool_name(pool, pools, date(9, 1)).replace('\u{a0}', " ");
            pools.iter().map(name).collect()
        };
        assert_eq!(named(&pools), ["Smlouva do 30. 9.", "Smlouva do 31. 12."]);
        assert_eq!(named(&pools[..1]), ["Smlouva"]);
    }

    #[test]
    fn days_are_spelled_out() {
        let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let said = |day| day_in_words(Locale::Cs, day, date(2026, 11, 23)).replace('\u{a0}', " ");
        assert_eq!(said(date(2026, 12, 12)), "12. prosince");
        assert_eq!(said(date(2027, 1, 4)), "4. ledna 2027");
    }
}
