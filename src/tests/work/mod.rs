//! Work: from the clock to the receipt.

mod clock;
mod closing_crash;
