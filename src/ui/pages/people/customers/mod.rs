//! Customers as the desk sees them: the list, and one customer with address and terms of payment.

mod billing;
mod list;
mod page;

pub(crate) use self::{list::CustomerList, page::CustomerView};
pub use self::{list::CustomersPage, page::CustomerPage};
