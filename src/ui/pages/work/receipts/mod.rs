//! Receipts: what an intervention took, why, and what paid for it; and objecting to a part of it.

mod calculation;
mod contest;
mod page;
mod paths;
mod segments;

pub(crate) use self::page::ReceiptView;
pub use self::{contest::ReceiptContestPage, page::ReceiptPage};
