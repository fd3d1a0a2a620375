//! The desk's board.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{problem::Problem, work::board as view};

access! {
    BoardPage: Desk,
    BoardWeek: Desk,
    ReleaseReserve: Desk,
}

/// The technicians' day: today, unless another one is named.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/board", input = GetUrl)]
pub async fn board_page(date: Option<NaiveDate>) -> Result<view::Board, Problem> {
    use crate::server::{request, service::work::board};
    board::page(&request::app()?, &request::caller()?.desk()?, date).await
}

/// The technicians' week: this one, unless a day of another one is named.
///
/// # Errors
/// As [`board_page`].
#[server(endpoint = "desk/board/week", input = GetUrl)]
pub async fn board_week(date: Option<NaiveDate>) -> Result<view::WeekBoard, Problem> {
    use crate::server::{request, service::work::board};
    board::week(&request::app()?, &request::caller()?.desk()?, date).await
}

/// Gives what is kept of a day for urgent work to everybody.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`] for a day that is over.
#[server(endpoint = "desk/release-reserve")]
pub async fn release_reserve(date: NaiveDate) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::board},
    };
    board::release_reserve(&request::app()?, &request::caller()?.desk()?, date).await?;
    request::see_other(&paths::board(date))
}
