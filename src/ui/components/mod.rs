//! The parts of which pages are made. Each is shown in every state at `/gallery`.
//!
//! A field takes its value from the form that came back ([`super::forms`]), its element id is its name, and the id of
//! its message is `{name}-error`.

mod advice;
mod asking;
mod badge;
mod button;
mod call;
pub mod charts;
mod choice;
mod days;
mod errors;
mod estimate;
mod fields;
mod footer;
mod form;
mod icon;
mod loaded;
mod mail;
mod nav;
mod notice;
mod page;
mod pages;
mod problem_page;
mod qr;
mod queue;
mod sign_in_form;
pub(crate) mod slots;
mod steps;
mod summary;
mod table;
mod timeline;

pub use self::{
    advice::{AdviceCard, free_in_words},
    asking::WhomToOrder,
    badge::{AppointmentBadge, Badge, MailBadge, PurchaseBadge, UrgencyBadge},
    button::{ButtonKind, ButtonLink, Submit, WayBack},
    call::{CallButton, PhoneLink, WithNumber},
    choice::{CheckField, FoundOption, RadioCards, RadioGroup, RadioGroups, RadioOption, SelectField, WhenUrgent},
    days::{WrongDays, day_field},
    errors::ErrorSummary,
    estimate::{EstimateBar, EstimateBox},
    fields::{FileField, TextArea, TextField, error_text},
    footer::Footer,
    form::{Endpoint, FUNCTION_FIELD, Form, Hidden, TypedInVain},
    icon::{Icon, Symbol},
    loaded::loaded,
    mail::MailToCome,
    nav::{Nav, NavFor},
    notice::{EmptyState, Notice, NoticeKind, SiteNotice},
    page::{Page, Width},
    pages::Pages,
    problem_page::ProblemPage,
    qr::QrImage,
    queue::{QueueAndCase, QueueEntry},
    sign_in_form::SignInForm,
    slots::SlotPicker,
    steps::Steps,
    summary::{SummaryList, SummaryRow},
    table::{Column, Table},
    timeline::Timeline,
};
