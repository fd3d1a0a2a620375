//! `/settings/voice`: how mails of the telephone exchange are known.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        paths,
        work::mail_in::{VOICE_PATTERNS_MAX, VoicePage as Voice, VoiceTrial, voice_fields},
    },
    ui::{
        self,
        components::{Endpoint, Form, Notice, NoticeKind, Page, Submit, TextArea, loaded},
        islands::phone_in_groups,
        texts::t,
    },
};

/// How they are known, and trying it.
#[component]
pub fn VoicePage() -> impl IntoView {
    let tried = ui::query_value("tried").unwrap_or_default();
    loaded(api::work::mail_in::voice_page(tried), |page| view! { <VoiceView page/> })
}

#[component]
fn VoiceView(page: Voice) -> impl IntoView {
    let Voice { patterns, tried, found } = page;
    let told = match found {
        VoiceTrial::Nothing => None,
        VoiceTrial::NoMatch => Some((NoticeKind::Soon, t!("voice-tried-foreign"))),
        VoiceTrial::WithoutNumber => Some((NoticeKind::Soon, t!("voice-tried-without"))),
        VoiceTrial::Number(number) => {
            Some((NoticeKind::Done, t!("voice-tried-number", number = phone_in_groups(&number))))
        }
    };
    let told = told.map(|(kind, said)| view! { <Notice kind><p>{said}</p></Notice> });
    view! {
        <Page title=t!("voice-title") lead=t!("voice-lead")>
            <p class="actions">
                <a href=paths::MAIL_IN>{t!("mail-in-back")}</a>
            </p>
            <Form
                action={Endpoint::of::<api::work::mail_in::SaveVoicePatterns>()}
                seen=Seen::of(&voice_fields(&patterns))
            >
                <TextArea
                    name="patterns"
                    label=t!("voice-patterns")
                    hint=t!("voice-patterns-hint", max = VOICE_PATTERNS_MAX)
                    value=patterns
                    rows=5
                    optional=true
                />
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
            <section class="card" aria-labelledby="trial">
                <h2 id="trial">{t!("voice-trial")}</h2>
                {told}
                <form method="get" action=paths::VOICE_SETTINGS class="form">
                    <div class="field">
                        <label for="tried">{t!("voice-tried")}</label>
                        <p class="field-hint" id="tried-hint">{t!("voice-tried-hint")}</p>
                        <input class="input" type="text" id="tried" name="tried" value=tried aria-describedby="tried-hint"/>
                    </div>
                    <div class="actions">
                        <button type="submit" class="button button-secondary">
                            {t!("voice-try")}
                        </button>
                    </div>
                </form>
            </section>
        </Page>
    }
}
