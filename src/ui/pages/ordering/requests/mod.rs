//! Requests that were sent: the list, one of them, moving and cancelling its time.

mod cancel;
mod earlier;
mod edit;
mod list;
mod moving;
mod page;
mod progress;
mod search;
mod table;
mod words;

pub(crate) use self::page::RequestView;
pub use self::{
    cancel::RequestCancelPage, earlier::RequestEarlierPage, edit::RequestEditPage, list::RequestListPage,
    moving::RequestMovePage, page::RequestPage,
};
pub(in crate::ui::pages::ordering) use self::{
    table::table,
    words::{about_row, headline, subject},
};
