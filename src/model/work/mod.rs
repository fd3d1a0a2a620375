//! Work: from the clock to the receipt.

pub mod bench;
pub mod billing;
pub mod receipts;
pub mod segments;
