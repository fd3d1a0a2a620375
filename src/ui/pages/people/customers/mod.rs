//! Customers as the vendor's people keep them.

mod billing;
mod form;
mod list;
mod page;
mod people;
mod standing;

pub use self::{
    form::{CustomerEditPage, NewCustomerPage},
    list::{CustomerList, CustomersPage},
    page::{CustomerPage, CustomerView},
};
