//! Work: from the clock to the receipt.

pub mod bench;
pub mod receipts;
