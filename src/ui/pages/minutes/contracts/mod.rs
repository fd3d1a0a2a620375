//! Contracts as a manager sees them: the form, and the terms in words.

mod page;
pub(crate) mod terms;

pub(crate) use self::page::ContractForm;
pub use self::page::ContractPage;
