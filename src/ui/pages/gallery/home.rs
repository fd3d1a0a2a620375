//! Home of somebody who has much before them, and of somebody who has just begun.

use leptos::prelude::*;
use uuid::Uuid;

use super::{bundles::number, usage::intervention, work::request};
use crate::{
    model::{
        base::{
            ids::{ComputerId, ProgramId},
            money::Money,
        },
        line::licences::Computer,
        money::pages::{HomePage, MinutesLeft, Readiness, UnfinishedDrafts, UnpaidPurchase},
        ordering::requests::RequestState,
        work::remote_sessions::SessionLink,
    },
    ui::{pages::ordering::home::HomeView, texts::t},
};

sample_pages! {
    before {
        let of = |home| view! { <HomeView home key=Uuid::nil()/> }.into_any();
        let summary = |serial, state| Some(request(intervention(serial)?, state).summary);
    }
    "home" => of(HomePage {
        ahead: vec![summary(131, RequestState::Scheduled)?],
        ready: Some(Readiness {
            program: ProgramId(1),
            contact_name: t!("gallery-filled"),
            contact_phone: "+420601234567".to_owned(),
            computers: vec![Computer {
                id: ComputerId(1),
                name: t!("gallery-option"),
                teamviewer_id: "123456789".to_owned(),
                programs: Vec::new(),
            }],
            session: SessionLink::parse("https://get.teamviewer.com/s12345678"),
        }),
        waiting: vec![summary(130, RequestState::Waiting)?],
        earlier: vec![summary(129, RequestState::Closed)?, summary(128, RequestState::Cancelled)?],
        unread: vec![intervention(129)?.number],
        drafts: Some(UnfinishedDrafts { count: 1, program: t!("sample-stock").into(), work_type: None }),
        unpaid: vec![UnpaidPurchase { number: number(), minutes: 300, total: Money::from_haler(762_300) }],
        minutes: Some(MinutesLeft { free: 26, reserved: 130 }),
        may_order: true,
    }),
    "home-new" => of(HomePage { may_order: true, ..HomePage::default() }),
}
