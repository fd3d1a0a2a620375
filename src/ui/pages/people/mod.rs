//! People: customers and their members, the vendor's staff, and what they may do.

pub mod accounts;
pub mod addresses;
pub mod audit;
pub mod colleagues;
pub mod customers;
pub mod erasure;
pub mod links;
pub mod members;
pub mod mergers;
pub mod passkeys;
pub mod passwords;
pub mod providers;
pub mod registrations;
pub mod second_factors;
pub mod sign_in;
pub mod staff;
