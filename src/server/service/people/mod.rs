//! People: customers and their members, the vendor's staff, and what they may do.

pub mod accounts;
pub mod addresses;
pub mod asking;
pub mod audit;
pub mod colleagues;
pub mod customers;
pub mod erasure;
pub mod former;
pub mod guesses;
pub mod kept_forms;
pub mod links;
pub mod members;
pub mod mergers;
pub mod own_data;
pub mod passkeys;
pub mod passwords;
pub mod providers;
pub mod registrations;
pub mod second_factors;
pub mod sent_forms;
pub mod sessions;
pub mod staff;
