//! Contracts as a manager sees them: one and its forms, and the terms in words.

mod kept;
mod page;
pub(crate) mod terms;

pub use self::page::{ContractAmendPage, ContractPage, NewContractPage};
pub(crate) use self::{kept::FileList, page::Amendment};
