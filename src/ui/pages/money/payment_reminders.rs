//! `/sales/reminders`: what reminders of payment say, when they are sent, and what else follows from debts by itself.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{money::Money, seen::Seen},
        money::payment_reminders::{
            PaymentStage, Placeholder, ReceivableRule, ReminderMail, RemindersPage as Reminders, StageText, TEXT_MAX,
        },
        paths,
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Icon, Page, Submit, Symbol, TextArea, TextField, loaded},
        reminder_words,
        texts::{Locale, t},
    },
};

/// What reminders say.
#[component]
pub fn PaymentRemindersPage() -> impl IntoView {
    let stage = ui::query_value("stage").and_then(|code| PaymentStage::from_code(&code));
    loaded(api::money::payment_reminders::payment_reminders(stage), |page| view! { <RemindersView page/> })
}

#[component]
fn RemindersView(page: Reminders) -> impl IntoView {
    let Reminders { stages, open, rule, mut example } = page;
    example.name = t!("receivables-column-customer");
    let before = view! {
        <p class="steps">
            <a class="steps-back" href=paths::SALES_RECEIVABLES>
                <Icon symbol=Symbol::Back/>
                {t!("receivables-back")}
            </a>
        </p>
    };
    let is_off = stages.iter().all(|stage| stage.days_after == 0);
    let title = if is_off { t!("reminders-title-off") } else { t!("reminders-title") };
    let ways = stages
        .iter()
        .map(|stage| {
            let href = ui::with_query(paths::SALES_REMINDERS, &[("stage", stage.stage.code().to_owned())]);
            let word = t!("reminder-stage", stage = stage.stage.code());
            view! {
                <li>
                    <a href=href aria-current=(stage.stage == open).then_some("true")>
                        {word}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let form = stages.into_iter().find(|stage| stage.stage == open).map(|text| view! { <StageForm text/> });
    view! {
        <Page title lead=t!("reminders-lead") before=before.into_any()>
            <nav class="periods" aria-label=t!("reminders-stages")>
                <ul class="plain-list switch">{ways}</ul>
            </nav>
            {form}
            {preview(&example)}
            <RuleForm rule/>
        </Page>
    }
}

#[component]
fn StageForm(text: StageText) -> impl IntoView {
    let seen = Seen::of(&text.fields());
    let known: Vec<String> = Placeholder::ALL
        .iter()
        .map(|one| format!("{{{one}}} – {}", t!("reminder-placeholder", placeholder = one.code())))
        .collect();
    let known = known.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    view! {
        <Form action={Endpoint::of::<api::money::payment_reminders::SavePaymentStage>()} seen=seen>
            <Hidden name="stage" value=text.stage.to_string()/>
            <TextField
                name="days_after"
                label=t!("reminder-days-after")
                hint=t!("reminder-days-after-hint")
                value=text.days_after.to_string()
                inputmode="numeric"
                short=true
            />
            <TextField name="subject_cs" label=t!("reminder-subject-cs") value=text.subject.cs/>
            <TextArea
                name="text_cs"
                label=t!("reminder-text-cs")
                hint=t!("reminder-text-hint", max = TEXT_MAX)
                value=text.text.cs
                rows=8
            />
            <TextField name="subject_en" label=t!("reminder-subject-en") value=text.subject.en/>
            <TextArea name="text_en" label=t!("reminder-text-en") value=text.text.en rows=8/>
            <p>{t!("reminder-placeholders")}</p>
            <ul>{known}</ul>
            <div class="actions">
                <Submit label=t!("settings-save")/>
            </div>
        </Form>
    }
}

/// What a letter would say, in both languages.
fn preview(example: &ReminderMail) -> impl IntoView + use<> {
    let letter = |locale: Locale| {
        let paragraphs = reminder_words::paragraphs(locale, example)
            .into_iter()
            .map(|paragraph| view! { <p class="typed">{paragraph}</p> })
            .collect::<Vec<_>>();
        view! {
            <div class="card" lang=locale.code()>
                <p>
                    <strong>{reminder_words::subject(locale, example)}</strong>
                </p>
                {paragraphs}
            </div>
        }
    };
    let letters = [Locale::Cs, Locale::En].map(letter);
    view! {
        <section aria-labelledby="preview">
            <h2 id="preview">{t!("reminders-preview")}</h2>
            <p>{t!("reminders-preview-help")}</p>
            {letters.into_iter().collect::<Vec<_>>()}
        </section>
    }
}

#[component]
fn RuleForm(rule: ReceivableRule) -> impl IntoView {
    let interest = Money::from_haler(rule.interest.into()).to_crowns().to_string();
    view! {
        <section class="card" aria-labelledby="rule">
            <h2 id="rule">{t!("receivable-rule")}</h2>
            <Form
                action={Endpoint::of::<api::money::payment_reminders::SaveReceivableRule>()}
                seen=Seen::of(&rule.fields())
            >
                <TextField
                    name="block_after_days"
                    label=t!("receivable-rule-block")
                    hint=t!("receivable-rule-block-hint")
                    value=rule.block_after_days.to_string()
                    inputmode="numeric"
                    short=true
                />
                <TextField
                    name="interest"
                    label=t!("receivable-rule-interest")
                    hint=t!("receivable-rule-interest-hint")
                    value=interest
                    inputmode="decimal"
                    suffix="%"
                    short=true
                />
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
        </section>
    }
}
