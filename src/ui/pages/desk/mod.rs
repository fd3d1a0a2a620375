//! The desk: appointments, objections, customers with their contracts, mails.

mod appointments;
mod billing;
mod contests;
mod contract;
mod customer;
mod customers;
mod mails;
mod terms;

pub use self::{
    appointments::DeskPage, contests::ContestsPage, contract::ContractPage, customer::CustomerPage,
    customers::CustomersPage, mails::MailsPage,
};
pub(super) use self::{
    contests::ContestList, contract::ContractForm, customer::CustomerView, customers::CustomerList, mails::MailList,
};
use crate::model::ids::CustomerId;

/// The page of a customer.
fn path_of(customer: CustomerId) -> String {
    format!("/desk/customers/{customer}")
}
