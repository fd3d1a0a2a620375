//! Pages about minutes, in the states that a demo customer does not show at once.

use chrono::{Datelike, Months, NaiveDate};
use leptos::prelude::*;

use super::{
    Group,
    samples::{at, line_settings},
};
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::from_local,
            ids::{BundleId, ContractId, CustomerId, GrantId, MemberId, ProgramId, WorkTypeId},
            money::Money,
            numbers::{InterventionRef, RequestNumber},
        },
        line::tiers::ResponseTier,
        minutes::{
            alerts::{Alert, AlertKind},
            contracts::{Contract, ContractTerms, Period, Rates, Rollover},
            ledger::{EntryKind, StatementEntry},
            pages::{ContractPage, Statement, UsageBar, UsageFilter, UsageList, UsageRow, UsageSlice},
            pools::{Pool, PoolKind},
            usage::{BurnDown, Forecast, StatementSpan, Turn, TurnKind},
        },
        money::{advice::Advice, bundles::Bundle, pages::UsagePage},
    },
    ui::{
        components::charts::{BurnDownChart, Meter},
        pages::minutes::usage::{ContractView, InterventionsView, StatementView, UsageView},
        texts::t,
    },
};

/// A day of 2026.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn crowns(crowns: i64) -> Money {
    Money::from_haler(crowns * 100)
}

/// What an intervention of the request with this serial is called.
pub fn intervention(serial: u32) -> Option<InterventionRef> {
    RequestNumber::new(2026, serial).map(|number| InterventionRef { number, ordinal: 1 })
}

fn pool(id: i64, kind: PoolKind, granted: u32, left: u32, reserved: u32, last: NaiveDate) -> Pool {
    let midnight = last.succ_opt().map(|day| from_local(day, chrono::NaiveTime::MIN));
    Pool { grant: GrantId(id), kind, granted, left, reserved, effective_at: at(1, 0, 0), expires_at: midnight }
}

fn bars(names: [(UsageSlice, String, u32, u32, u32); 3]) -> Vec<UsageBar> {
    names
        .into_iter()
        .map(|(slice, name, interventions, minutes, over_minutes)| UsageBar {
            slice,
            name: name.into(),
            interventions,
            minutes,
            over_minutes,
            amount: crowns(25 * i64::from(over_minutes)),
        })
        .collect()
}

fn months() -> Vec<UsageBar> {
    let used =
        [(0, 0), (84, 0), (120, 0), (35, 0), (20, 0), (61, 0), (0, 0), (0, 0), (145, 0), (190, 25), (98, 0), (62, 0)];
    (0..)
        .zip(used)
        .filter_map(|(later, (minutes, over_minutes))| {
            let month = NaiveDate::from_ymd_opt(2025, 12, 1)?.checked_add_months(Months::new(later))?;
            Some(UsageBar {
                slice: UsageSlice::Month(month),
                name: Bilingual::default(),
                interventions: minutes / 20,
                minutes,
                over_minutes,
                amount: crowns(25 * i64::from(over_minutes)),
            })
        })
        .collect()
}

fn rows() -> Vec<UsageRow> {
    let row =
        |serial, start, minutes, from_pools: &[(PoolKind, u32)], over: u32, program: String, work_type: String| {
            Some(UsageRow {
                intervention: intervention(serial)?,
                started_at: start,
                program: program.into(),
                work_type: work_type.into(),
                member: t!("gallery-person"),
                minutes,
                from_pools: from_pools.to_vec(),
                over_minutes: over,
                amount: crowns(25 * i64::from(over)),
            })
        };
    use PoolKind::{Bundle, Contract};
    [
        row(131, at(20, 9, 30), 20, &[(Contract, 12), (Bundle, 8)], 0, t!("sample-stock"), t!("gallery-option")),
        row(127, at(12, 13, 0), 42, &[(Contract, 42)], 0, t!("sample-canteen"), t!("gallery-option-other")),
        row(112, at(3, 7, 15), 55, &[(Contract, 30)], 25, t!("sample-stock"), t!("gallery-option")),
        row(98, at(2, 7, 15), 30, &[], 30, t!("gallery-long-label"), t!("gallery-option-other")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn in_money(row: UsageRow) -> UsageRow {
    UsageRow { from_pools: Vec::new(), over_minutes: row.minutes, amount: crowns(25 * i64::from(row.minutes)), ..row }
}

fn burn_down(forecast: Forecast) -> BurnDown {
    let steps = vec![
        (day(10, 1), 300),
        (day(10, 5), 278),
        (day(10, 13), 243),
        (day(10, 27), 202),
        (day(11, 3), 172),
        (day(11, 12), 152),
        (day(11, 20), 140),
    ];
    let next_year = day(1, 1) + Months::new(12);
    let turns = vec![
        Turn { date: day(12, 2), kind: TurnKind::Agreed, minutes: 45 },
        Turn { date: next_year, kind: TurnKind::Credited, minutes: 300 },
    ];
    let until = day(1, 31) + Months::new(12);
    let ahead = vec![(day(11, 23), 140), (day(12, 12), 0), (next_year, 0), (next_year, 300), (until, 150)];
    BurnDown { from: day(10, 1), until, today: day(11, 23), steps, ahead, turns, forecast }
}

/// With a contract and a bundle, much used.
fn usage() -> UsagePage {
    let program = |id| UsageSlice::Program(ProgramId(id));
    let work_type = |id| UsageSlice::WorkType(WorkTypeId(id));
    let member = |id| UsageSlice::Member(MemberId(id));
    UsagePage {
        pools: vec![
            pool(1, PoolKind::Contract, 300, 140, 45, day(12, 31)),
            pool(2, PoolKind::Bundle, 300, 120, 0, day(6, 30) + Months::new(12)),
        ],
        upcoming: Vec::new(),
        reserved_over: 0,
        burn_down: Some(burn_down(Forecast::RunsOut { on: day(12, 12) })),
        alert: None,
        by_month: months(),
        by_program: bars([
            (program(1), t!("sample-stock"), 18, 402, 25),
            (program(2), t!("sample-canteen"), 9, 301, 0),
            (program(3), t!("gallery-long-label"), 4, 112, 0),
        ]),
        by_work_type: bars([
            (work_type(1), t!("gallery-option"), 20, 510, 25),
            (work_type(2), t!("gallery-option-other"), 8, 260, 0),
            (work_type(3), t!("gallery-question"), 3, 45, 0),
        ]),
        by_member: bars([
            (member(1), t!("gallery-person"), 22, 600, 25),
            (member(2), t!("gallery-filled"), 8, 195, 0),
            (member(3), t!("sample-colleague"), 1, 20, 0),
        ]),
        latest: UsageList { filter: UsageFilter::default(), filter_names: Vec::new(), rows: rows(), more: None },
        rates: Rates { normal: crowns(25), urgent: crowns(35) },
        advice: None,
        has_contract: true,
        may_buy: true,
        today: day(11, 23),
    }
}

fn statement() -> Statement {
    let entry = |seq, at, kind, minutes: i32, balance_after, serial: Option<u32>, reason: String| StatementEntry {
        seq,
        at,
        kind,
        minutes,
        over_minutes: 0,
        amount: Money::ZERO,
        balance_after,
        grant: Some(GrantId(1)),
        pool: Some(PoolKind::Contract),
        effective_at: Some(from_local(day(11, 1), chrono::NaiveTime::MIN)),
        expires_at: Some(from_local(day(12, 1), chrono::NaiveTime::MIN)),
        intervention: serial.and_then(intervention),
        program: serial.map(|_| t!("sample-stock").into()),
        reason,
    };
    let none = String::new;
    Statement {
        span: StatementSpan::Month,
        from: day(11, 1),
        until: day(11, 30),
        earlier: Some(day(10, 1)),
        later: None,
        opening: 15,
        entries: vec![
            entry(1, at(1, 0, 0), EntryKind::Expiry, -15, 0, None, none()),
            entry(2, at(1, 0, 0), EntryKind::Grant, 60, 60, None, none()),
            entry(3, at(3, 8, 10), EntryKind::Draw, -60, 0, Some(112), none()),
            StatementEntry {
                over_minutes: 25,
                amount: crowns(625),
                grant: None,
                pool: None,
                effective_at: None,
                expires_at: None,
                ..entry(4, at(3, 8, 10), EntryKind::Charge, 0, 0, Some(112), none())
            },
            StatementEntry {
                over_minutes: -25,
                amount: -crowns(625),
                grant: None,
                pool: None,
                effective_at: None,
                expires_at: None,
                ..entry(5, at(9, 10, 2), EntryKind::Waive, 0, 0, Some(112), t!("sample-answer"))
            },
            entry(6, at(9, 10, 2), EntryKind::Return, 12, 12, Some(112), t!("sample-answer")),
        ],
        closing: 12,
    }
}

fn contract() -> ContractPage {
    let terms = ContractTerms {
        number: "SLS-2024-017".to_owned(),
        valid_from: day(1, 1) - Months::new(24),
        valid_until: Some(day(12, 31) + Months::new(12)),
        tier: "fast".to_owned(),
        minutes_per_period: 300,
        period: Period::Quarter,
        rollover: Rollover::None,
        rate_per_minute: crowns(22),
        urgent_rate_per_minute: Money::from_haler(2_750),
        minimum_minutes: 20,
        ceiling_minutes: Some(60),
        since: None,
        fee: None,
    };
    ContractPage {
        contracts: vec![Contract {
            id: ContractId(1),
            customer: CustomerId(1),
            terms,
            tier: tier(),
            to_come: Vec::new(),
            version: 1,
            files: Vec::new(),
        }],
        tiers: vec![tier()],
        list_rate_per_minute: crowns(25),
        minimum_one_off: 30,
    }
}

fn tier() -> ResponseTier {
    ResponseTier {
        code: "fast".to_owned(),
        name: t!("gallery-tier").into(),
        urgent_target_minutes: 120,
        normal_lead_minutes: 510,
    }
}

sample_pages! {
    before {
        let full = usage();
        let unused = UsagePage {
            burn_down: None,
            by_month: Vec::new(),
            by_program: Vec::new(),
            by_work_type: Vec::new(),
            by_member: Vec::new(),
            latest: UsageList { rows: Vec::new(), ..full.latest.clone() },
            ..full.clone()
        };
        let of = |usage| view! { <UsageView usage/> }.into_any();
        let list = |rows| UsageList {
            filter: UsageFilter { month: Some(day(11, 1)), program: Some(ProgramId(1)), ..UsageFilter::default() },
            filter_names: vec![t!("sample-stock").into()],
            rows,
            more: Some(98),
        };
    }
    "usage" => of(full),
    "usage-over" => of(UsagePage {
        pools: vec![pool(1, PoolKind::Contract, 300, 0, 0, day(12, 31))],
        upcoming: vec![Pool { effective_at: from_local(day(12, 1), chrono::NaiveTime::MIN), ..full.pools[1] }],
        reserved_over: 45,
        advice: Some(Advice::Wait { on: day(1, 1) + Months::new(12), minutes: 300, over: 45, rate: crowns(22) }),
        by_month: full
            .by_month
            .iter()
            .cloned()
            .map(|bar| match bar.slice {
                UsageSlice::Month(month) if month.month() == 11 => UsageBar { over_minutes: 20, ..bar },
                _ => bar,
            })
            .collect(),
        burn_down: Some(BurnDown {
            steps: vec![(day(10, 1), 300), (day(10, 13), 120), (day(11, 3), 0)],
            ..burn_down(Forecast::Empty)
        }),
        ..full
    }),
    "usage-low" => of(UsagePage {
        pools: vec![pool(1, PoolKind::Contract, 300, 40, 30, day(12, 31))],
        alert: Some(Alert { kind: AlertKind::Used80, left: 40, granted: 300, reserved: 45, expires_at: None }),
        ..full
    }),
    "usage-new" => of(UsagePage { pools: vec![pool(1, PoolKind::Contract, 300, 300, 40, day(12, 31))], ..unused }),
    "usage-one-off" => of(UsagePage {
        pools: Vec::new(),
        burn_down: None,
        by_month: full
            .by_month
            .iter()
            .map(|bar| UsageBar {
                over_minutes: bar.minutes,
                amount: crowns(25 * i64::from(bar.minutes)),
                ..bar.clone()
            })
            .collect(),
        advice: Some(Advice::Buy {
            bundle: Bundle { id: BundleId(3), minutes: 300, price: crowns(6_000), validity_months: 12 },
            useful: 300,
            rate: crowns(25),
            saved: crowns(1_500),
        }),
        latest: UsageList { rows: rows().into_iter().map(in_money).collect(), ..full.latest },
        has_contract: false,
        ..full
    }),
    "usage-none" => of(UsagePage { pools: Vec::new(), has_contract: false, ..unused }),
    "interventions" => view! { <InterventionsView list=list(rows()) is_first=false/> }.into_any(),
    "interventions-none" => {
        view! { <InterventionsView list=UsageList { more: None, ..list(Vec::new()) } is_first=true/> }.into_any()
    },
    "statement" => view! { <StatementView statement=statement()/> }.into_any(),
    "statement-none" => {
        let statement = Statement { entries: Vec::new(), opening: 12, ..statement() };
        view! { <StatementView statement/> }.into_any()
    },
    "contract" => {
        view! { <ContractView contract=contract() line=line_settings() slowest=Some(tier())/> }.into_any()
    },
    "contract-none" => {
        let contract = ContractPage { contracts: Vec::new(), ..contract() };
        view! { <ContractView contract line=line_settings() slowest=Some(tier())/> }.into_any()
    },
}

#[component]
pub fn Charts() -> impl IntoView {
    let late = BurnDown { today: day(12, 20), ..burn_down(Forecast::Lasts { until: day(12, 31), left: 60 }) };
    view! {
        <Group title="Meter">
            <Meter id="meter-full" granted=300 left=300 reserved=0/>
            <Meter id="meter-half" granted=300 left=140 reserved=45/>
            <Meter id="meter-kept" granted=300 left=20 reserved=20/>
            <Meter id="meter-empty" granted=300 left=0 reserved=0/>
        </Group>
        <Group title="BurnDownChart">
            <BurnDownChart burn_down=burn_down(Forecast::Lasts { until: day(12, 31), left: 60 })/>
            <BurnDownChart burn_down=late/>
            <BurnDownChart burn_down=burn_down(Forecast::Unknown)/>
        </Group>
    }
}
