//! Customers as the desk sees them: the list, and one customer with address and terms of payment.

mod billing;
mod list;
mod page;

pub(crate) use self::{
    list::CustomerList,
    page::{CustomerView, id_in_path},
};
pub use self::{list::CustomersPage, page::CustomerPage};
use crate::model::base::ids::CustomerId;

/// The page of a customer.
pub(crate) fn path_of(customer: CustomerId) -> String {
    format!("/desk/customers/{customer}")
}
