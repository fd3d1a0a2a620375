//! How urgent it is, asked with the rest of the first screen. Work that can be planned is not asked; it is told why.

use leptos::prelude::*;

use crate::{
    model::{
        base::terms::Urgency,
        line::catalogue::SlotChoice,
        minutes::contracts::Rates,
        ordering::{drafts::Draft, offers::Offer, pages::UrgencyFacts, urgency::UrgencyRefused},
        problem::Problem,
    },
    ui::{
        self,
        components::{Notice, RadioCards, RadioOption, TextArea, TextField, WhenUrgent, WithNumber},
        format, forms,
        islands::UrgencyGuard,
        texts::{Locale, named, t},
    },
};

/// The question and the guard's answer (design, Urgency guard): the style sheet shows which of them the chosen work calls for; where
/// it cannot, both stand there.
#[component]
pub(super) fn UrgencyQuestion(
    /// The draft so far.
    draft: Option<Draft>,
    /// What each answer would mean.
    facts: UrgencyFacts,
) -> impl IntoView {
    let urgency = draft.as_ref().and_then(|draft| draft.urgency);
    let choice = draft.as_ref().and_then(|draft| draft.work_type.as_ref()).map(|work_type| work_type.choice);
    let claim = draft.and_then(|draft| draft.claim).unwrap_or_default();
    let option = |urgency: Urgency, label, note| RadioOption {
        value: urgency.code().to_owned(),
        label,
        note: Some(note),
        meta: None,
    };
    let urgent =
        (!facts.awaits_nod).then(|| option(Urgency::Urgent, t!("order-urgency-urgent"), urgent_note(choice, &facts)));
    let normal = option(Urgency::Normal, t!("order-urgency-normal"), normal_note(choice, &facts));
    let options = urgent.into_iter().chain([normal]).collect();
    let awaits_nod = facts.awaits_nod.then(|| {
        view! {
            <Notice title=t!("problem-awaits-nod")>
                <p><WithNumber text=t!("problem-awaits-nod-body", phone = ui::line_phone())/></p>
            </Notice>
        }
    });
    // What was claimed urgent and is refused stays in sight, to be answered otherwise.
    let refused = forms::returned().is_some_and(|form| form.problem == Problem::Urgency(UrgencyRefused::Plannable));
    let class = if refused { "urgency-asked urgency-refused" } else { "urgency-asked" };
    view! {
        <div class="urgency-planned">
            <Notice>
                <p>{t!("order-planned-why")}</p>
                <p>{normal_when(choice, &facts)}</p>
            </Notice>
        </div>
        <div class=class>
            {awaits_nod}
            <RadioCards
                name="urgency"
                legend=t!("order-urgency-legend")
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
                <TextField name="since" label=t!("order-since-label") hint=t!("order-since-hint") value=claim.since/>
                <UrgencyGuard/>
            </WhenUrgent>
        </div>
    }
}

/// What urgent costs more than normal by the customer's own terms; nothing where it does not.
fn dearer(facts: &UrgencyFacts) -> Option<String> {
    let Rates { normal, urgent } = facts.rates;
    if urgent == normal {
        return None;
    }
    let price = |amount| format::money(Locale::current(), amount);
    Some(if facts.has_contract {
        t!("order-urgency-dearer-contract", urgent = price(urgent), normal = price(normal))
    } else {
        t!("order-urgency-dearer", urgent = price(urgent), normal = price(normal))
    })
}

fn urgent_note(choice: Option<SlotChoice>, facts: &UrgencyFacts) -> String {
    let first = match (choice, &facts.first_urgent) {
        (Some(SlotChoice::Dispatch), _) => Some(t!("order-urgency-dispatch")),
        (_, Some(first)) => Some(t!("order-urgency-first", when = when(first))),
        (Some(SlotChoice::Customer), None) => Some(t!("order-urgency-none-urgent", phone = ui::line_phone())),
        (None, None) => None,
    };
    let target = t!(
        "order-urgency-target",
        tier = named(&facts.tier.name),
        target = format::working_time_genitive(Locale::current(), facts.tier.urgent_target_minutes),
    );
    let sentences = [Some(t!("order-urgency-urgent-note")), Some(target), first, dearer(facts)];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn normal_note(choice: Option<SlotChoice>, facts: &UrgencyFacts) -> String {
    [t!("order-urgency-normal-note"), normal_when(choice, facts)].join(" ")
}

/// When normal work can be done, as far as it is known what that work is.
fn normal_when(choice: Option<SlotChoice>, facts: &UrgencyFacts) -> String {
    match (choice, &facts.first_normal) {
        (Some(SlotChoice::Dispatch), _) => t!("order-urgency-dispatch"),
        (_, Some(first)) => t!("order-urgency-first-normal", when = when(first)),
        (Some(SlotChoice::Customer), None) => t!("order-urgency-none-normal"),
        (None, None) => {
            let earliest = format::on(Locale::current(), facts.normal_from, ui::now());
            t!("order-urgency-normal-from", when = earliest)
        }
    }
}

fn when(offer: &Offer) -> String {
    format::on(Locale::current(), offer.slot.start, ui::now())
}
