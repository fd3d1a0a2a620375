//! People: customers and their members, the vendor's staff, and what they may do.

mod addresses;
mod asking;
mod audit;
mod capabilities;
mod colleagues;
mod confirming;
mod customers;
mod erasure;
mod former;
mod guesses;
mod kept_forms;
mod links;
mod members;
mod own_data;
mod personal;
mod providers;
mod registrations;
mod second_factors;
mod security_events;
mod sent_forms;
mod sign_in;
mod staff;

pub(crate) use self::{links::mailed, sign_in::client};
