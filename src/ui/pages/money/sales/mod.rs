//! Sales, for managers: the owner's view, bank transfers, purchases.

mod bank;
mod nav;
mod overview;
mod purchase;
mod purchases;
mod words;

pub(crate) use self::{
    bank::BankView, nav::SalesNav, overview::SalesView, purchase::SoldPurchaseView, purchases::SoldPurchaseList,
};
pub use self::{bank::SalesBankPage, overview::SalesPage, purchase::SalesPurchasePage, purchases::SalesPurchasesPage};
