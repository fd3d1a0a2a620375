//! Work: from the clock to the receipt.

pub mod attempts;
pub mod bench;
pub mod ceiling;
pub mod clock;
pub mod closing;
pub mod contests;
pub mod corrections;
pub mod missed;
pub mod receipts;
