//! Work: from the clock to the receipt.

mod attempts;
mod ceiling;
mod clock;
mod closing;
mod closing_crash;
mod contests;
mod corrections;
mod forgotten;
mod missed;
mod preparation;
