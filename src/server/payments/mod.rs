//! Payments: what those who move money tell us.

pub mod statements;
