//! `/settings/work-types`: the kinds of work that can be ordered, and the skills that they take, for managers.

use leptos::prelude::*;

use super::{
    catalogue_changes::RowChanges,
    catalogue_nav::{CatalogueNav, NameFields},
    change_list::FromDay,
};
use crate::{
    api,
    model::{
        base::{ids::WorkTypeId, seen::Seen},
        line::{
            catalogue::{MinuteRange, SLOT_MAX, SLOT_MIN, SlotChoice},
            catalogue_changes::CatalogueHistory,
            work_types::{
                KeptSkill, KeptWorkType, WorkRules, WorkTypePage as OneWorkType, WorkTypeTerms,
                WorkTypesPage as WorkTypes, WorkWords,
            },
        },
        paths,
        people::staff::Skill,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, Column, EmptyState, Endpoint, Form, Hidden, Page, RadioCards,
            RadioOption, Submit, Table, TextArea, TextField, Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// All kinds of work and skills.
#[component]
pub fn WorkTypesPage() -> impl IntoView {
    loaded(api::line::work_types::work_types_page(), |page| view! { <WorkTypesView page/> })
}

/// One kind of work, or a new one.
#[component]
pub fn WorkTypePage() -> impl IntoView {
    let wanted = match ui::path_value::<String>("work_type") {
        Ok(new) if new == "new" => Ok(None),
        other => other.and_then(|id| id.parse::<WorkTypeId>().map(Some).map_err(|_| Problem::NotFound)),
    };
    loaded(async move { api::line::work_types::work_type_page(wanted?).await }, |page| view! { <WorkTypeView page/> })
}

/// One skill.
#[component]
pub fn SkillPage() -> impl IntoView {
    let skill = ui::path_value("skill");
    loaded(async move { api::line::work_types::skill_page(skill?).await }, |skill| view! { <SkillView skill/> })
}

#[component]
fn WorkTypesView(page: WorkTypes) -> impl IntoView {
    let WorkTypes { work_types, skills } = page;
    let list = if work_types.is_empty() {
        view! { <EmptyState title=t!("work-types-none")/> }.into_any()
    } else {
        let rows = work_types.into_iter().map(|work_type| row(work_type, &skills)).collect::<Vec<_>>();
        view! {
            <Table class="table-staff" caption=t!("work-types-title") caption_hidden=true columns=vec![
                Column::text(t!("catalogue-name")),
                Column::text(t!("work-types-column-minutes")),
                Column::text(t!("work-types-column-slot")),
                Column::text(t!("work-types-skill")),
            ]>{rows}</Table>
        }
        .into_any()
    };
    // Without a skill there is nothing that a kind of work could take.
    let add =
        (!skills.is_empty()).then(|| view! { <ButtonLink href=paths::NEW_WORK_TYPE label=t!("work-types-add")/> });
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=t!("work-types-title") lead=t!("work-types-lead") width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <div class="actions">{add}</div>
                    {list}
                    <p>
                        <a href=paths::SETTINGS_WORDS>{t!("everyday-words-link")}</a>
                    </p>
                </div>
                <div class="bench-aside">
                    <Skills skills/>
                </div>
            </div>
        </Page>
    }
}

fn row(work_type: KeptWorkType, skills: &[KeptSkill]) -> impl IntoView + use<> {
    let locale = Locale::current();
    let KeptWorkType { id, terms, active } = work_type;
    let WorkTypeTerms { words, rules } = terms;
    let skill = skills.iter().find(|known| known.skill.code == rules.skill);
    let skill = skill.map(|known| named(&known.skill.name));
    let notes = [
        (!active).then(|| t!("catalogue-retired")),
        rules.plannable.then(|| t!("work-types-plannable-note")),
        (rules.choice == SlotChoice::Dispatch).then(|| t!("work-types-dispatch-note")),
    ];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let typical = MinuteRange::new(rules.minutes_from, rules.minutes_to);
    view! {
        <tr>
            <th scope="row">
                <a href=paths::work_type(id)>{named(&words.name)}</a>
                <span class="table-note">{notes}</span>
            </th>
            <td data-label=t!("work-types-column-minutes")>{format::minute_range(locale, typical)}</td>
            <td data-label=t!("work-types-column-slot")>{format::minutes(locale, rules.slot_minutes)}</td>
            <td data-label=t!("work-types-skill")>{skill}</td>
        </tr>
    }
}

#[component]
fn Skills(skills: Vec<KeptSkill>) -> impl IntoView {
    let list = skills
        .into_iter()
        .map(|KeptSkill { skill, work_types, technicians }| {
            let used = t!("skills-used", work_types = work_types, technicians = technicians);
            view! {
                <li>
                    <a href=paths::skill(&skill.code)>{named(&skill.name)}</a>
                    <span class="table-note">{used}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if list.is_empty() {
        view! { <p>{t!("skills-none")}</p> }.into_any()
    } else {
        view! { <ul>{list}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="skills">
            <h2 id="skills">{t!("skills-title")}</h2>
            {list}
            <Form action={Endpoint::of::<api::line::work_types::AddSkill>()}>
                <NameFields/>
                <div class="actions">
                    <Submit label=t!("skills-add") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

#[component]
fn WorkTypeView(page: OneWorkType) -> impl IntoView {
    let OneWorkType { work_type, skills } = page;
    match work_type {
        Some((work_type, history)) => view! { <KnownWorkType work_type history skills/> }.into_any(),
        None => view! { <NewWorkType skills/> }.into_any(),
    }
}

#[component]
fn NewWorkType(skills: Vec<Skill>) -> impl IntoView {
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=t!("work-types-new") before>
            <Form action={Endpoint::of::<api::line::work_types::AddWorkType>()} class="card">
                <Words/>
                <Lengths/>
                <Rules skills/>
                <div class="actions">
                    <Submit label=t!("catalogue-save")/>
                    <ButtonLink href=paths::WORK_TYPES label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

#[component]
fn KnownWorkType(work_type: KeptWorkType, history: CatalogueHistory, skills: Vec<Skill>) -> impl IntoView {
    let KeptWorkType { id, terms: WorkTypeTerms { words, rules }, active } = work_type;
    let title = named(&words.name);
    let seen = Seen::of(&words.fields());
    let (shown, today) = (history.now.to_string(), history.today);
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title lead=t!("line-settings-lead") width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <Form action={Endpoint::of::<api::line::work_types::CheckWorkTypeChange>()} class="card">
                        <Hidden name="work_type" value=id.to_string()/>
                        <Hidden name="shown" value=shown/>
                        <Lengths rules=rules.clone()/>
                        <Rules rules skills/>
                        <CheckField
                            name="active"
                            label=t!("work-types-active")
                            hint=t!("work-types-active-hint")
                            checked=active
                        />
                        <FromDay today/>
                        <div class="actions">
                            <Submit label=t!("line-settings-preview")/>
                            <ButtonLink href=paths::WORK_TYPES label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                </div>
                <div class="bench-aside">
                    <Form action={Endpoint::of::<api::line::work_types::DescribeWorkType>()} class="card" seen>
                        <p class="field-hint">{t!("catalogue-words-lead")}</p>
                        <Hidden name="work_type" value=id.to_string()/>
                        <Words words/>
                        <div class="actions">
                            <Submit label=t!("catalogue-save") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                    <RowChanges history/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Words(
    /// What it is called now.
    #[prop(optional)]
    words: WorkWords,
) -> impl IntoView {
    let WorkWords { name, description } = words;
    view! {
        <NameFields name/>
        <TextArea
            name="description"
            label=t!("work-types-description")
            hint=t!("work-types-description-hint")
            value=description.cs
            rows=2
            optional=true
        />
        <TextArea
            name="description_en"
            label=t!("work-types-description-en")
            value=description.en
            rows=2
            optional=true
        />
    }
}

#[component]
fn Lengths(
    /// What they are now.
    #[prop(optional)]
    rules: Option<WorkRules>,
) -> impl IntoView {
    let number = |of: fn(&WorkRules) -> u32| rules.as_ref().map(|rules| of(rules).to_string()).unwrap_or_default();
    let (from, to) = (number(|rules| rules.minutes_from), number(|rules| rules.minutes_to));
    let slot = number(|rules| rules.slot_minutes);
    view! {
        <div class="trio">
            <TextField
                name="minutes_from"
                label=t!("work-types-from")
                value=from
                inputmode="numeric"
                suffix=t!("catalogue-minutes")
                short=true
            />
            <TextField
                name="minutes_to"
                label=t!("work-types-to")
                value=to
                inputmode="numeric"
                suffix=t!("catalogue-minutes")
                short=true
            />
            <TextField
                name="slot_minutes"
                label=t!("work-types-slot")
                hint=t!("work-types-slot-hint", least = SLOT_MIN, most = SLOT_MAX)
                value=slot
                inputmode="numeric"
                suffix=t!("catalogue-minutes")
                short=true
            />
        </div>
    }
}

#[component]
fn Rules(
    /// What they are now.
    #[prop(optional)]
    rules: Option<WorkRules>,
    skills: Vec<Skill>,
) -> impl IntoView {
    let plannable = rules.as_ref().is_some_and(|rules| rules.plannable);
    let choice = rules.as_ref().map_or(SlotChoice::Customer, |rules| rules.choice);
    let skill = rules.map(|rules| rules.skill).unwrap_or_default();
    let option = |value: String, label| RadioOption { value, label, ..RadioOption::default() };
    let skills = skills.into_iter().map(|skill| option(skill.code, named(&skill.name))).collect();
    let choices = vec![
        option(SlotChoice::Customer.code().to_owned(), t!("work-types-choice-customer")),
        option(SlotChoice::Dispatch.code().to_owned(), t!("work-types-choice-dispatch")),
    ];
    view! {
        <CheckField
            name="plannable"
            label=t!("work-types-plannable")
            hint=t!("work-types-plannable-hint")
            checked=plannable
        />
        <RadioCards name="skill" legend=t!("work-types-skill") options=skills selected=skill/>
        <RadioCards name="choice" legend=t!("work-types-choice") options=choices selected=choice.code()/>
    }
}

#[component]
fn SkillView(skill: KeptSkill) -> impl IntoView {
    let KeptSkill { skill, work_types, technicians } = skill;
    let code = skill.code.clone();
    let removal = if (work_types, technicians) == (0, 0) {
        view! {
            <Form action={Endpoint::of::<api::line::work_types::DeleteSkill>()}>
                <Hidden name="skill" value=code.clone()/>
                <div class="actions">
                    <Submit label=t!("skills-delete") kind=ButtonKind::Danger/>
                </div>
            </Form>
        }
        .into_any()
    } else {
        view! { <p class="aside">{t!("skills-needed")}</p> }.into_any()
    };
    let before = view! { <CatalogueNav/> }.into_any();
    let lead = t!("skills-used", work_types = work_types, technicians = technicians);
    view! {
        <Page title=named(&skill.name) lead before>
            <section class="card">
                <Form action={Endpoint::of::<api::line::work_types::RenameSkill>()} seen=Seen::of(&skill.fields())>
                    <Hidden name="skill" value=skill.code.clone()/>
                    <NameFields name=skill.name/>
                    <div class="actions">
                        <Submit label=t!("catalogue-save")/>
                        <ButtonLink href=paths::WORK_TYPES label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                    </div>
                </Form>
                {removal}
            </section>
        </Page>
    }
}
