//! A purchase: its form, its page, calling it off.

mod cancel;
mod form;
mod page;
mod words;

pub(crate) use self::{
    cancel::CancelQuestion,
    form::{AskAddress, PurchaseFormView, Typed},
    page::PurchaseView,
    words::{pieces, pieces_of},
};
pub use self::{cancel::PurchaseCancelPage, form::PurchaseFormPage, page::PurchasePage};
