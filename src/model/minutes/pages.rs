//! What pages show of minutes: where they went, the statement, contracts.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    contracts::{Contract, versions::ContractVersion},
    ledger::StatementEntry,
    pools::PoolKind,
    usage::StatementSpan,
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{CustomerId, MemberId, ProgramId, WorkTypeId},
        money::Money,
        numbers::InterventionRef,
    },
    line::{
        licences::{Computer, Licence},
        tiers::ResponseTier,
    },
    people::{
        customers::{Billing, CustomerFacts, Standing},
        members::MemberPerson,
    },
};

/// What was used within one span of the calendar, or by one program, kind of work or person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageBar {
    /// What it is: a month, a program, a kind of work, a person.
    pub slice: UsageSlice,
    /// How it is called; empty for a month.
    pub name: Bilingual,
    /// How many interventions.
    pub interventions: u32,
    /// Billed minutes, those beyond the grants included.
    pub minutes: u32,
    /// Of those, minutes beyond the grants.
    pub over_minutes: u32,
    /// What those cost, excluding VAT.
    pub amount: Money,
}

/// What a bar stands for: the filter that leads to its interventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UsageSlice {
    /// The month that begins on this day.
    Month(NaiveDate),
    /// A program.
    Program(ProgramId),
    /// A kind of work.
    WorkType(WorkTypeId),
    /// Who ordered it.
    Member(MemberId),
}

/// Which interventions are listed. All of it must hold; in a URL it is `?month=2026-11&program=3&before=…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct UsageFilter {
    /// Started in the month that begins on this day.
    pub month: Option<NaiveDate>,
    /// Of this program.
    pub program: Option<ProgramId>,
    /// Of this kind of work.
    pub work_type: Option<WorkTypeId>,
    /// Ordered by this person.
    pub member: Option<MemberId>,
}

impl UsageFilter {
    /// The filter that leads to the interventions of a bar.
    #[must_use]
    pub fn of(slice: UsageSlice) -> Self {
        match slice {
            UsageSlice::Month(month) => Self { month: Some(month), ..Self::default() },
            UsageSlice::Program(program) => Self { program: Some(program), ..Self::default() },
            UsageSlice::WorkType(work_type) => Self { work_type: Some(work_type), ..Self::default() },
            UsageSlice::Member(member) => Self { member: Some(member), ..Self::default() },
        }
    }
}

/// A line of the list of interventions: when, what, who, minutes, from what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageRow {
    /// Which intervention.
    pub intervention: InterventionRef,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// Who ordered it.
    pub member: String,
    /// Billed minutes.
    pub minutes: u32,
    /// Minutes per kind of pool, in drawing order.
    pub from_pools: Vec<(PoolKind, u32)>,
    /// Minutes beyond the grants.
    pub over_minutes: u32,
    /// What those cost, excluding VAT.
    pub amount: Money,
}

/// One page of the list of interventions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageList {
    /// Which ones.
    pub filter: UsageFilter,
    /// How the filtered program, kind of work and person are called, in that order.
    pub filter_names: Vec<Bilingual>,
    /// The newest first.
    pub rows: Vec<UsageRow>,
    /// Where the next page begins (keyset paging), if there is one.
    pub more: Option<i64>,
}

/// `/usage/statement`: the account's entries of one period with the running balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The period's length.
    pub span: StatementSpan,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// The first day of the period before, unless nothing happened before.
    pub earlier: Option<NaiveDate>,
    /// The first day of the period after, unless that lies ahead.
    pub later: Option<NaiveDate>,
    /// The balance when it began, in minutes.
    pub opening: u32,
    /// Its entries, the oldest first.
    pub entries: Vec<StatementEntry>,
    /// The balance when it ended, or now.
    pub closing: u32,
}

/// What a customer takes home as a table: everything of one span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageExport {
    /// The customer's name.
    pub customer: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Interventions that began in it, the oldest first.
    pub rows: Vec<UsageRow>,
    /// The account's entries, the oldest first.
    pub statement: Vec<StatementEntry>,
}

/// The customer's contract page: all of it in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractPage {
    /// Contracts that are valid now or will be, the earliest first; empty for a customer without one.
    pub contracts: Vec<Contract>,
    /// All tiers, retired ones too: what was agreed names them.
    pub tiers: Vec<ResponseTier>,
    /// What applies without a contract.
    pub list_rate_per_minute: Money,
    /// The minimum without a contract or bundle, in minutes.
    pub minimum_one_off: u32,
}

/// A line of the staff's list of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The row, by which the customer's pages are found.
    pub id: CustomerId,
    /// The name.
    pub name: String,
    /// The number of the contract that is valid today.
    pub contract: Option<String>,
    /// The name of the tier.
    pub tier: Bilingual,
    /// Minutes that can be drawn now and that nothing agreed needs.
    pub free: u32,
}

/// The staff's page of one customer: contracts with their history, and the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The row, by which the customer's pages are found.
    pub id: CustomerId,
    /// What is kept of it.
    pub facts: CustomerFacts,
    /// Whether it is still a customer, and may order.
    pub standing: Standing,
    /// Its people, those who are still there first.
    pub people: Vec<MemberPerson>,
    /// The programs that it runs.
    pub licences: Vec<Licence>,
    /// Its computers.
    pub computers: Vec<Computer>,
    /// All contracts, the latest first, each with its versions, the latest first.
    pub contracts: Vec<(Contract, Vec<ContractVersion>)>,
    /// What documents and payments go by.
    pub billing: Billing,
    /// What it has had that is not paid, including VAT.
    pub exposure: Money,
    /// How much of that there may be; none without a limit.
    pub credit_limit: Option<Money>,
    /// What can be drawn now.
    pub pools: Vec<crate::model::minutes::pools::Pool>,
    /// How much of that nothing agreed needs.
    pub free: u32,
    /// All tiers, retired ones too: history names them.
    pub tiers: Vec<ResponseTier>,
    /// The codes of those that can be agreed.
    pub tiers_on_offer: Vec<String>,
    /// Whether the viewer may edit.
    pub may_edit: bool,
}
