//! What the catalogue says from a day on: what was and will be changed of a row, and what a change would bring, for managers.

use leptos::prelude::*;

use super::{
    catalogue_nav::CatalogueNav,
    change_list::{ChangeList, ChangeTable, LaterChanges, MadeChange},
};
use crate::{
    api,
    model::{
        base::ids::{RegionId, WorkTypeId},
        line::{
            catalogue::SlotChoice,
            catalogue_changes::{
                CatalogueChangePreview, CatalogueHistory, CatalogueRow, CatalogueTerm, CatalogueTerms, TermValue,
            },
            setting_changes::ChangeState,
        },
        paths,
        people::staff::Skill,
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, loaded},
        format, forms,
        texts::{Locale, named, t},
    },
};

/// What a change of a kind of work would bring.
#[component]
pub fn WorkTypeChangePage() -> impl IntoView {
    let row = ui::path_value::<WorkTypeId>("work_type").map(CatalogueRow::WorkType);
    loaded(preview(row), |preview| view! { <PreviewView preview/> })
}

/// What a change of a tier would bring.
#[component]
pub fn TierChangePage() -> impl IntoView {
    let row = ui::path_value::<String>("tier").map(CatalogueRow::Tier);
    loaded(preview(row), |preview| view! { <PreviewView preview/> })
}

/// What a change of a region's number would bring.
#[component]
pub fn RegionChangePage() -> impl IntoView {
    let row = ui::path_value::<RegionId>("region").map(CatalogueRow::Region);
    loaded(preview(row), |preview| view! { <PreviewView preview/> })
}

/// What the query of the page stands for; without one, a change of nothing.
fn preview(row: Result<CatalogueRow, Problem>) -> impl Future<Output = Result<CatalogueChangePreview, Problem>> {
    let from = ui::query_value("from").and_then(|from| from.parse().ok());
    let change = ui::query_value("change").and_then(|change| change.parse().ok()).unwrap_or_default();
    async move { api::line::catalogue_changes::catalogue_change_preview(row?, from, change).await }
}

/// What a term is called.
fn name(term: CatalogueTerm) -> String {
    t!("catalogue-term", term = term.code())
}

/// What a term is, in words.
fn in_words(term: CatalogueTerm, value: &TermValue, skills: &[Skill]) -> String {
    let locale = Locale::current();
    match value {
        TermValue::Minutes(minutes) => format::minutes(locale, *minutes),
        TermValue::Range(range) => format::minute_range(locale, *range),
        TermValue::Flag(true) => t!("audit-yes"),
        TermValue::Flag(false) => t!("audit-no"),
        TermValue::Choice(SlotChoice::Customer) => t!("work-types-choice-customer"),
        TermValue::Choice(SlotChoice::Dispatch) => t!("work-types-choice-dispatch"),
        TermValue::Text(code) if term == CatalogueTerm::Skill => {
            let skill = skills.iter().find(|skill| skill.code == *code);
            skill.map_or_else(|| code.clone(), |skill| named(&skill.name))
        }
        TermValue::Text(text) => text.clone(),
    }
}

fn all_in_words(terms: &CatalogueTerms, skills: &[Skill]) -> Vec<(String, String)> {
    terms.0.iter().map(|(term, value)| (name(*term), in_words(*term, value, skills))).collect()
}

/// What was and will be changed of a row, the latest first.
#[component]
pub(super) fn RowChanges(history: CatalogueHistory) -> impl IntoView {
    let CatalogueHistory { row, changes, skills, .. } = history;
    let changes = changes.into_iter().map(|change| {
        let (about, id) = (row.to_string(), change.id.to_string());
        MadeChange {
            valid_from: change.valid_from,
            made_at: change.made_at,
            made_by: change.made_by,
            state: change.state,
            what: all_in_words(&change.terms, &skills),
            withdraw: (change.state == ChangeState::Coming).then(|| {
                view! {
                    <Form action={Endpoint::of::<api::line::catalogue_changes::WithdrawCatalogueChange>()}>
                        <Hidden name="row" value=about/>
                        <Hidden name="id" value=id/>
                        <Submit label=t!("line-settings-withdraw") kind=ButtonKind::Secondary/>
                    </Form>
                }
                .into_any()
            }),
        }
    });
    let changes = changes.collect::<Vec<_>>();
    view! { <ChangeList changes/> }
}

/// What somebody else has changed since a form showed it that came back because of that: each term, what was shown and what holds now.
fn changed_meanwhile(now: &CatalogueTerms) -> Vec<(CatalogueTerm, TermValue, TermValue)> {
    let form = forms::returned().filter(|form| form.problem == Problem::Conflict);
    let shown = form.and_then(|form| form.values.get("shown")?.parse::<CatalogueTerms>().ok()).unwrap_or_default();
    let changed = shown.0.into_iter().filter_map(|(term, was)| {
        let is = now.0.get(&term).filter(|is| **is != was)?.clone();
        Some((term, was, is))
    });
    changed.collect()
}

#[component]
fn PreviewView(preview: CatalogueChangePreview) -> impl IntoView {
    let locale = Locale::current();
    let CatalogueChangePreview { id, row, name: row_name, from, at_once, new, old, later, open_requests, skills } =
        preview;
    let when = if at_once { t!("line-change-at-once") } else { format::date_long(locale, from) };
    let rows = new.0.iter().map(|(term, value)| {
        let before = old.0.get(term).map(|before| in_words(*term, before, &skills)).unwrap_or_default();
        (name(*term), before, in_words(*term, value, &skills))
    });
    let rows = rows.collect::<Vec<_>>();
    let (about, back) = (row.to_string(), paths::catalogue_row(&row));
    let meanwhile = changed_meanwhile(&old).into_iter().map(|(term, was, is)| {
        let (was, is) = (in_words(term, &was, &skills), in_words(term, &is, &skills));
        view! { <p>{t!("line-change-meanwhile", term = name(term), was = was, is = is)}</p> }
    });
    let meanwhile = meanwhile.collect::<Vec<_>>();
    let content = if rows.is_empty() {
        view! { <p>{t!("line-change-nothing")}</p> }.into_any()
    } else {
        let later = later.iter().map(|change| change.valid_from).collect::<Vec<_>>();
        let kept = (open_requests > 0).then(|| view! { <p>{t!("catalogue-change-open", count = open_requests)}</p> });
        view! {
            <ChangeTable rows/>
            <LaterChanges from=later/>
            {kept}
            <p>{t!("line-change-promise")}</p>
            <Form action={Endpoint::of::<api::line::catalogue_changes::MakeCatalogueChange>()}>
                <Hidden name="row" value=about/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="from" value=from.to_string()/>
                <Hidden name="change" value=new.to_string()/>
                <Hidden name="shown" value=old.to_string()/>
                <div class="actions">
                    <Submit label=t!("line-change-make")/>
                </div>
            </Form>
        }
        .into_any()
    };
    let before = view! { <CatalogueNav/> }.into_any();
    let lead = [named(&row_name), t!("line-change-lead", when = when)].join(". ");
    view! {
        <Page title=t!("line-change-title") lead before>
            {meanwhile}
            {content}
            <p class="actions">
                <ButtonLink href=back label=t!("catalogue-back") kind=ButtonKind::Secondary/>
            </p>
        </Page>
    }
}
