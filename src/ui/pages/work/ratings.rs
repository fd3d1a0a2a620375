//! `/rating`: what somebody says of the work when it is done, for whoever has the mail that asks.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        problem::Problem,
        work::ratings::{RATING_WORDS_MAX, RatingPage as Rating, SCORE_MAX},
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, RadioCards, RadioOption, Submit,
            TextArea, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// The page of a mail's link.
#[component]
pub fn RatingPage() -> impl IntoView {
    let link = ui::query_value("link").and_then(|link| link.parse().ok());
    let secret = ui::query_value("token").unwrap_or_default();
    loaded(
        async move { api::work::ratings::rating_page(link.ok_or(Problem::NotFound)?, secret).await },
        |page| view! { <RatingView page/> },
    )
}

/// The page itself.
#[component]
pub(crate) fn RatingView(page: Rating) -> impl IntoView {
    let locale = Locale::current();
    let lead = format!(
        "{} · {} · {} · {}",
        page.intervention.number,
        named(&page.program),
        named(&page.work_type),
        format::date_short(locale, format::local_date(page.closed_at)),
    );
    let over = (page.is_over && page.rated.is_none()).then(|| {
        view! {
            <Notice>
                <p>{t!("rating-over")}</p>
            </Notice>
        }
    });
    let rated = page.rated.map(|score| {
        view! {
            <Notice kind=NoticeKind::Done>
                <p>{t!("rating-thanks", score = score, most = SCORE_MAX)}</p>
            </Notice>
        }
    });
    let rate = (page.rated.is_none() && !page.is_over).then(|| view! { <Rate page=page.clone()/> });
    view! {
        <Page title=t!("rating-title") lead>
            {over}
            {rated}
            {rate}
            <Bill page/>
        </Page>
    }
}

/// The scores, and room for words.
#[component]
fn Rate(page: Rating) -> impl IntoView {
    let options = (1..=SCORE_MAX)
        .rev()
        .map(|score| RadioOption {
            value: score.to_string(),
            label: t!("rating-score", score = score),
            ..RadioOption::default()
        })
        .collect();
    view! {
        <Form action={Endpoint::of::<api::work::ratings::RateWork>()}>
            <Hidden name="link" value=page.link.to_string()/>
            <Hidden name="secret" value=page.secret/>
            <RadioCards name="score" legend=t!("rating-question") options/>
            <TextArea
                name="rating_words"
                label=t!("rating-words")
                hint=t!("rating-words-hint", max = RATING_WORDS_MAX)
                rows=3
                optional=true
            />
            <div class="actions">
                <Submit label=t!("rating-submit")/>
            </div>
        </Form>
    }
}

/// What is billed: agreed to, or not.
#[component]
fn Bill(page: Rating) -> impl IntoView {
    let minutes = format::minutes(Locale::current(), page.billed);
    let contest = paths::receipt(page.intervention);
    let agreed = page.agreed_at.map(|at| {
        let at = format::on(Locale::current(), at, ui::now());
        view! { <p>{t!("rating-agreed", at = at)}</p> }
    });
    let agree = (page.agreed_at.is_none() && !page.is_over).then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::ratings::AgreeToReceipt>()}>
                <Hidden name="link" value=page.link.to_string()/>
                <Hidden name="secret" value=page.secret/>
                <div class="actions">
                    <Submit label=t!("rating-agree") kind=ButtonKind::Secondary/>
                    <ButtonLink href=contest label=t!("rating-contest") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    });
    view! {
        <section class="card" aria-labelledby="agree">
            <h2 id="agree">{t!("rating-bill", minutes = minutes)}</h2>
            {agreed}
            {agree}
        </section>
    }
}
