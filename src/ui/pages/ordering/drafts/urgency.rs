//! The fourth question: whether it could have been foreseen. Work that can be planned is not asked; it is told why.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::terms::Urgency,
        line::{
            catalogue::{SlotChoice, WorkType},
            tiers::ResponseTier,
        },
        minutes::contracts::Rates,
        ordering::{
            drafts::{Draft, DraftStep},
            offers::Offer,
            pages::UrgencyChoice,
        },
        problem::{MovedOn, Problem},
    },
    ui::{
        self,
        components::{
            Endpoint, Form, Hidden, Notice, Page, RadioCards, RadioOption, Steps, Submit, TextArea, TextField,
            WhenUrgent, loaded,
        },
        format,
        islands::UrgencyGuard,
        texts::{Locale, named, t},
    },
};

/// `/order/{id}/urgency`
#[component]
pub fn DraftUrgencyPage() -> impl IntoView {
    let id = ui::path_value("id");
    let asked = async move { with_work_type(api::ordering::drafts::urgency_choice(id?).await?) };
    loaded(asked, |(choice, work_type)| {
        if work_type.plannable {
            view! { <Planned choice work_type/> }.into_any()
        } else {
            view! { <UrgencyQuestion choice work_type/> }.into_any()
        }
    })
}

/// The earlier questions come first: without a description there is nothing to be urgent about.
fn with_work_type(choice: UrgencyChoice) -> Result<(UrgencyChoice, WorkType), Problem> {
    match choice.draft.work_type.clone() {
        Some(work_type) if !choice.draft.what_happened.is_empty() => Ok((choice, work_type)),
        _ => Err(Problem::MovedOn(MovedOn::Draft { id: choice.draft.id, step: choice.draft.next_step() })),
    }
}

/// The guard's answer (design, Urgency guard), before anybody asks.
#[component]
fn Planned(choice: UrgencyChoice, work_type: WorkType) -> impl IntoView {
    let UrgencyChoice { draft, first_normal, .. } = choice;
    let before = view! { <Steps step=DraftStep::Urgency draft=draft.id choice=work_type.choice/> }.into_any();
    let first = match work_type.choice {
        SlotChoice::Dispatch => t!("order-urgency-dispatch"),
        SlotChoice::Customer => first_normal_in_words(first_normal.as_ref()),
    };
    view! {
        <Page title=t!("order-planned-title") before>
            <Notice>
                <p>{t!("order-planned-why", work = named(&work_type.name))}</p>
                <p>{first}</p>
            </Notice>
            <Form action={Endpoint::of::<api::ordering::drafts::ChooseUrgency>()}>
                <Hidden name="id" value=draft.id.to_string()/>
                <Hidden name="urgency" value=Urgency::Normal.code()/>
                <div class="actions">
                    <Submit label=t!("order-continue")/>
                </div>
            </Form>
        </Page>
    }
}

#[component]
fn UrgencyQuestion(choice: UrgencyChoice, work_type: WorkType) -> impl IntoView {
    let dearer = dearer(&choice);
    let UrgencyChoice { draft, tier, first_normal, first_urgent, .. } = choice;
    let Draft { id, urgency, claim, .. } = draft;
    let claim = claim.unwrap_or_default();
    let before = view! { <Steps step=DraftStep::Urgency draft=id choice=work_type.choice/> }.into_any();
    let options = vec![
        RadioOption {
            value: Urgency::Urgent.code().to_owned(),
            label: t!("order-urgency-urgent"),
            note: Some(urgent_note(work_type.choice, &tier, first_urgent.as_ref(), dearer)),
            meta: None,
        },
        RadioOption {
            value: Urgency::Normal.code().to_owned(),
            label: t!("order-urgency-normal"),
            note: Some(normal_note(work_type.choice, first_normal.as_ref())),
            meta: None,
        },
    ];
    view! {
        <Page title=t!("order-urgency-title") before>
            <Form action={Endpoint::of::<api::ordering::drafts::ChooseUrgency>()}>
                <Hidden name="id" value=id.to_string()/>
                <RadioCards
                    name="urgency"
                    legend=t!("order-urgency-legend")
                    legend_hidden=true
                    options
                    selected=urgency.map(Urgency::code).unwrap_or_default()
                />
                <WhenUrgent>
                    <TextArea
                        name="what_stopped"
                        label=t!("order-what-stopped-label")
                        hint=t!("order-what-stopped-hint")
                        value=claim.what_stopped
                        rows=3
                    />
                    <TextField
                        name="since"
                        label=t!("order-since-label")
                        hint=t!("order-since-hint")
                        value=claim.since
                    />
                    <UrgencyGuard/>
                </WhenUrgent>
                <div class="actions">
                    <Submit label=t!("order-continue")/>
                </div>
            </Form>
        </Page>
    }
}

/// What urgent costs more than normal by the customer's own terms; nothing where it does not.
fn dearer(choice: &UrgencyChoice) -> Option<String> {
    let Rates { normal, urgent } = choice.rates;
    if urgent == normal {
        return None;
    }
    let price = |amount| format::money(Locale::current(), amount);
    Some(if choice.has_contract {
        t!("order-urgency-dearer-contract", urgent = price(urgent), normal = price(normal))
    } else {
        t!("order-urgency-dearer", urgent = price(urgent), normal = price(normal))
    })
}

fn urgent_note(choice: SlotChoice, tier: &ResponseTier, first: Option<&Offer>, dearer: Option<String>) -> String {
    let when = match (choice, first) {
        (SlotChoice::Dispatch, _) => t!("order-urgency-dispatch"),
        (SlotChoice::Customer, Some(first)) => t!("order-urgency-first", when = when(first)),
        (SlotChoice::Customer, None) => t!("order-urgency-none-urgent", phone = ui::line_phone()),
    };
    let target = t!(
        "order-urgency-target",
        tier = named(&tier.name),
        target = format::working_time_genitive(Locale::current(), tier.urgent_target_minutes),
    );
    let sentences = [Some(t!("order-urgency-urgent-note")), Some(target), Some(when), dearer];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn normal_note(choice: SlotChoice, first: Option<&Offer>) -> String {
    let when = match choice {
        SlotChoice::Dispatch => t!("order-urgency-dispatch"),
        SlotChoice::Customer => first_normal_in_words(first),
    };
    [t!("order-urgency-normal-note"), when].join(" ")
}

fn first_normal_in_words(first: Option<&Offer>) -> String {
    match first {
        Some(first) => t!("order-urgency-first-normal", when = when(first)),
        None => t!("order-urgency-none-normal"),
    }
}

fn when(offer: &Offer) -> String {
    format::on(Locale::current(), offer.slot.start, ui::now())
}
