//! People: customers and their members, the vendor's staff, and what they may do.

mod customers;
mod sign_in;
