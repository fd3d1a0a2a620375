//! Mails: written in the transaction of what they tell about, sent by a job.
#![allow(unused_variables, missing_docs, clippy::missing_errors_doc, clippy::unused_async)]
use crate::{
    model::{ids::MailId, mails::MailRow, problem::Problem},
    server::{app::App, auth::Desk},
};

pub async fn troubled(app: &App, desk: &Desk) -> Result<Vec<MailRow>, Problem> {
    Err(Problem::Unavailable)
}
pub async fn resend(app: &App, desk: &Desk, mail: MailId) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn of_demo(app: &App) -> Result<Vec<MailRow>, Problem> {
    Err(Problem::Unavailable)
}
