//! Minutes: what is left, where it went, the account's statement, and what the contract says.

mod breakdown;
mod contract;
mod interventions;
mod page;
mod pools;
mod statement;
mod words;

pub(crate) use self::{
    contract::ContractView, interventions::InterventionsView, page::UsageView, statement::StatementView,
};
pub use self::{
    contract::UsageContractPage, interventions::UsageInterventionsPage, page::UsagePage, statement::UsageStatementPage,
};
