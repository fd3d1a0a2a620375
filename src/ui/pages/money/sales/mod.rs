//! Sales, for managers: the owner's view, bank transfers, purchases.

mod balances;
mod bank;
mod nav;
mod overview;
mod purchase;
mod purchases;
mod unmatching;
mod words;

pub use self::{
    balances::SalesBalancesPage, bank::SalesBankPage, overview::SalesPage, purchase::SalesPurchasePage,
    purchases::SalesPurchasesPage, unmatching::SalesUnmatchPage,
};
pub(crate) use self::{
    bank::BankView, nav::SalesNav, overview::SalesView, purchase::SoldPurchaseView, purchases::SoldPurchaseList,
    unmatching::UnmatchView,
};
