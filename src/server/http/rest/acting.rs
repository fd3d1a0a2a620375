//! What a program does with a request: who does it in whose name, with which one, and under which key. Read and proved in one place, for
//! everything that is done so.

use axum::{extract::FromRequestParts, http::request::Parts};
use uuid::Uuid;

use super::{identify::Numbered, once::Act, problems::Refusal};
use crate::{
    model::{base::numbers::RequestNumber, problem::Problem},
    server::{
        app::App,
        auth::{Caller, Orderer},
        service::ordering::program_orders,
    },
};

/// An act of a program that may order, on a request that its address names.
pub struct Acting {
    /// The portal.
    pub app: App,
    /// Whoever it is done by.
    pub orderer: Orderer,
    /// The request.
    pub number: RequestNumber,
    /// Under which key it is done, the same however often it is asked for.
    pub key: Uuid,
}

impl FromRequestParts<App> for Acting {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let Numbered(number) = Numbered::from_request_parts(parts, app).await?;
        let caller = parts.extensions.get::<Caller>().ok_or(Problem::SignInRequired)?;
        let Act(key) = *parts.extensions.get::<Act>().ok_or(Refusal::KeyMissing)?;
        Ok(Self { app: app.clone(), orderer: caller.may_order()?, number, key })
    }
}

impl Acting {
    /// What came of it; where the time was taken, with those that are free.
    pub async fn or_others<T>(&self, outcome: Result<T, Problem>) -> Result<T, Refusal> {
        let problem = match outcome {
            Ok(done) => return Ok(done),
            Err(problem) => problem,
        };
        if !matches!(problem, Problem::SlotTaken | Problem::HoldExpired) {
            return Err(Refusal::Of(problem));
        }
        match program_orders::slots_of(&self.app, &self.orderer, self.number).await {
            Ok(offers) => Err(Refusal::Taken(problem, offers)),
            Err(_) => Err(Refusal::Of(problem)),
        }
    }
}
